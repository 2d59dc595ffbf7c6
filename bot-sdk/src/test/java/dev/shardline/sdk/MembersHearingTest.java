package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens to the queue by which an instance hears the others, it hears them again. */
@Tag("broker")
class MembersHearingTest {
    private static final String GROUP = "hearing";

    private TestBroker broker;
    private Connection connection;
    private Channel channel;
    private final List<EventConsumer> consumers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        connection = broker.connectionFactory().newConnection();
        channel = connection.createChannel();
    }

    @AfterEach
    void stop() throws Exception {
        consumers.forEach(EventConsumer::close);
        connection.close();
        broker.close();
    }

    private EventConsumer started(String instance) throws Exception {
        EventConsumer consumer = EventConsumer.builder(broker.uri())
                .group(GROUP)
                .partitions(2)
                .instance(instance)
                .on("MESSAGE_CREATE", event -> {})
                .build();
        consumers.add(consumer);
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    private void say(String type, Map<String, Object> headers) throws Exception {
        channel.basicPublish(
                Topology.membersExchange(GROUP),
                "",
                new AMQP.BasicProperties.Builder()
                        .type(type)
                        .headers(headers)
                        .replyTo("nobody")
                        .build(),
                new byte[0]);
    }

    @Test
    void aMessageThatCannotBeReadIsLeftAlone() throws Exception {
        EventConsumer one = started("one");
        say(
                "shardline.member.watch",
                Map.of("x-from", "odd", "x-wait", "w", "x-wait-event", "A", "x-wait-millis", Long.MAX_VALUE));
        started("two");
        await().atMost(15, SECONDS).until(() -> one.health().instances().equals(Set.of("one", "two")));
    }

    /** As a broker does that takes the queue away. */
    private static final class Cancelling extends ConnectionFactory {
        private final List<Runnable> cancels = new CopyOnWriteArrayList<>();

        @Override
        public Connection newConnection(ExecutorService executor, String name) throws IOException, TimeoutException {
            Connection real = super.newConnection(executor, name);
            return proxy(
                    Connection.class,
                    real,
                    (method, given, result) -> method.equals("createChannel") ? channel((Channel) result) : result);
        }

        private Channel channel(Channel real) {
            return proxy(Channel.class, real, (method, given, result) -> {
                if (method.equals("basicConsume") && given[given.length - 1] instanceof CancelCallback callback) {
                    cancels.add(() -> {
                        try {
                            real.basicCancel((String) result);
                            callback.handle((String) result);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                }
                return result;
            });
        }

        private interface Change {
            Object of(String method, Object[] given, Object result);
        }

        private static <T> T proxy(Class<T> type, Object real, Change change) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                        try {
                            return change.of(method.getName(), given, method.invoke(real, given));
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    @Test
    void anInstanceWhoseHearingTheBrokerCancelsConnectsAnew() throws Exception {
        Cancelling factory = new Cancelling();
        factory.setUri(broker.uri());
        EventConsumer one = EventConsumer.builder(factory)
                .group(GROUP)
                .partitions(2)
                .instance("one")
                .on("MESSAGE_CREATE", event -> {})
                .build();
        consumers.add(one);
        one.start().awaitReady(Duration.ofSeconds(30));
        assertThat(factory.cancels).hasSize(1);
        factory.cancels.get(0).run();
        started("two");
        await().atMost(20, SECONDS).until(() -> one.health().instances().equals(Set.of("one", "two")));
    }

    @Test
    void twoProcessesWithOneNameAreTold() throws Exception {
        EventConsumer one = started("same");
        EventConsumer other = started("same");
        await().atMost(15, SECONDS)
                .until(() -> !one.health().up() && !other.health().up());
        assertThat(one.health().problem()).contains("another process of the group has the instance name same");
        other.close();
        await().atMost(30, SECONDS).until(() -> one.health().up());
    }
}
