package dev.shardline.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A memory alarm as RabbitMQ 4 has it: the next publish blocks a connection, whoever only consumes goes on. */
class AlarmTest {
    @Test
    void blocksPublishersUntilItEndsAndLosesNothing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start();
                Connection publishing = DurabilityTest.factory(broker.port()).newConnection();
                Connection consuming = DurabilityTest.factory(broker.port()).newConnection()) {
            AtomicBoolean blocked = new AtomicBoolean();
            publishing.addBlockedListener(reason -> blocked.set(true), () -> blocked.set(false));
            AtomicLong confirmed = new AtomicLong();
            Channel publisher = publishing.createChannel();
            publisher.queueDeclare("q", true, false, false, null);
            publisher.confirmSelect();
            publisher.addConfirmListener((tag, multiple) -> confirmed.set(tag), (tag, multiple) -> {});

            broker.raiseMemoryAlarm();
            for (int i = 0; i < 10; i++) {
                publisher.basicPublish("", "q", MessageProperties.MINIMAL_PERSISTENT_BASIC, new byte[] {1});
            }
            await().atMost(Duration.ofSeconds(10)).until(blocked::get);
            Channel other = consuming.createChannel();
            assertThat(other.messageCount("q")).isZero();
            assertThat(confirmed).hasValue(0);

            broker.clearMemoryAlarm();
            await().atMost(Duration.ofSeconds(10)).until(() -> confirmed.get() == 10 && !blocked.get());
            assertThat(other.messageCount("q")).isEqualTo(10);
        }
    }

    @Test
    void anOperatorMayCloseAllConnections() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start()) {
            Connection connection = DurabilityTest.factory(broker.port()).newConnection();
            broker.closeAllConnections("maintenance");
            await().atMost(Duration.ofSeconds(10)).until(() -> !connection.isOpen());
            assertThat(connection.getCloseReason()).hasMessageContaining("320").hasMessageContaining("maintenance");
            await().atMost(Duration.ofSeconds(10)).until(() -> broker.connectionCount() == 0);
        }
    }
}
