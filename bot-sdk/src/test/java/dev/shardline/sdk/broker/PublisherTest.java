package dev.shardline.sdk.broker;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownListener;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.broker.testing.TestBroker;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class PublisherTest {
    private static final AMQP.BasicProperties PLAIN = new AMQP.BasicProperties.Builder().build();

    /** Its channels tell late that they are closed, as they do when the next one is opened on another thread's connection. */
    private static final class LateNews extends ConnectionFactory {
        private final List<Channel> channels = new CopyOnWriteArrayList<>();
        private final List<ShutdownListener> listeners = new CopyOnWriteArrayList<>();

        @Override
        public Connection newConnection(String name) throws IOException, TimeoutException {
            Connection real = super.newConnection(name);
            return proxy(Connection.class, real, (method, arguments, result) -> {
                if (!method.equals("createChannel")) {
                    return result;
                }
                channels.add((Channel) result);
                return proxy(Channel.class, result, (of, with, value) -> value);
            });
        }

        private interface Change {
            Object of(String method, Object[] arguments, Object result);
        }

        private <T> T proxy(Class<T> type, Object real, Change change) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
                        if (method.getName().equals("addShutdownListener")) {
                            listeners.add((ShutdownListener) given[0]);
                            return null;
                        }
                        try {
                            return change.of(method.getName(), given, method.invoke(real, given));
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }

    @Test
    void whatOneChannelHasNotConfirmedIsNotMixedUpWithTheNumbersOfTheNext() throws Exception {
        try (TestBroker broker = TestBroker.start()) {
            LateNews factory = new LateNews();
            factory.setUri(broker.uri());
            factory.setAutomaticRecoveryEnabled(false);
            Publisher publisher = new Publisher(factory, "test");
            CompletableFuture<Boolean> first = new CompletableFuture<>();
            CompletableFuture<Boolean> second = new CompletableFuture<>();
            publisher.publish("no-such-exchange", "", false, PLAIN, new byte[0], first::complete);
            await().atMost(10, SECONDS)
                    .until(() -> factory.channels.size() == 1
                            && !factory.channels.get(0).isOpen());
            publisher.publish("", "no-such-queue", false, PLAIN, new byte[0], second::complete);
            assertThat(second.get(10, SECONDS)).isTrue();
            factory.listeners
                    .get(0)
                    .shutdownCompleted(new ShutdownSignalException(false, false, null, factory.channels.get(0)));
            assertThat(first.get(10, SECONDS)).isFalse();
            publisher.close();
        }
    }
}
