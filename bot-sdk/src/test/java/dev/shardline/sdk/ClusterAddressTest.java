package dev.shardline.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Target;
import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.event.ShardlineException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A cluster has several addresses, and some of its nodes may be down. */
@Tag("broker")
class ClusterAddressTest {
    /** Nobody listens on the first ones. */
    private static String cluster(TestBroker broker) {
        URI uri = URI.create(broker.uri());
        ConnectionFactory real = broker.connectionFactory();
        String dead = broker.uri().replace(uri.getHost() + ':' + uri.getPort(), "127.0.0.1:1");
        return dead + ",127.0.0.1:2, " + real.getHost() + ':' + real.getPort();
    }

    @Test
    void consumesPublishesAndCommandsOverTheNodeThatAnswers() throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        try (TestBroker broker = TestBroker.start();
                EventFeed feed = new EventFeed(broker.connectionFactory());
                EventConsumer consumer = EventConsumer.builder(cluster(broker))
                        .group("nodes")
                        .partitions(1)
                        .on("MESSAGE_CREATE", event -> handled.countDown())
                        .build();
                GatewayCommands commands = GatewayCommands.connect(cluster(broker))) {
            consumer.start().awaitReady(Duration.ofSeconds(30));
            feed.send("MESSAGE_CREATE", EventFeed.guild(1), "{}");
            assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(new DeadLetters(cluster(broker), "nodes").peek(1)).isEmpty();
            assertThat(commands.send(
                                    Target.shard(0),
                                    "cluster_status",
                                    JsonMapper.shared().createObjectNode())
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS)
                            .outcome())
                    .isEqualTo(Outcome.NO_SUCH_SHARD);
        }
    }

    @Test
    void nodesOfAnotherClusterAreRefusedWithoutShowingAPassword() {
        assertThatThrownBy(() -> EventConsumer.builder("amqp://a:secret@one/v,amqp://a:hidden@two:5673/v"))
                .isInstanceOf(ShardlineException.class)
                .hasMessageContaining("two:5673")
                .hasMessageNotContainingAny("secret", "hidden");
        assertThatThrownBy(() -> EventConsumer.builder("amqp://one,two:port"))
                .isInstanceOf(ShardlineException.class)
                .hasMessageContaining("\"two:port\" is no host:port");
    }
}
