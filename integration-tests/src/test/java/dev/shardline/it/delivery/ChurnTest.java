package dev.shardline.it.delivery;

import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bots join, leave and are killed at random under load. The long one is steered by system properties: {@code
 * shardline.churn.seed} (default random, printed), {@code shardline.churn.minutes} (10), {@code shardline.churn.rate} (3000
 * events/s).
 */
class ChurnTest {
    private static final int CHANGES_PER_MINUTE = 12;
    private static final int MINUTES = 10;
    private static final int RATE = 3_000;

    static Stream<Churn> short_ones() {
        return Stream.of(new Churn(1, 15, 30, 3, false), new Churn(2, 20, 30, 3, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("short_ones")
    void nothing_is_lost_or_reordered_for_some_seconds(Churn churn) {
        try (TestBroker broker = TestBroker.start();
                Scenario scenario = Scenario.start(Setting.of(broker.uri(), churn.most()), churn.ordeal(500))) {
            scenario.endure(broker.isRabbitMq() ? "RabbitMQ 4" : "embedded");
        }
    }

    private static Churn forMinutes(long seed, int minutes) {
        return new Churn(seed, minutes * 60, CHANGES_PER_MINUTE, 6, true);
    }

    /** As the page shows it; which seed does not matter. */
    static Ordeal forMinutes() {
        return forMinutes(0, MINUTES).ordeal(RATE);
    }

    @Test
    @Tag("long")
    @Tag("rabbitmq")
    void nothing_is_lost_or_reordered_for_minutes() {
        long seed = Long.getLong("shardline.churn.seed", new Random().nextInt(1_000_000));
        int minutes = Integer.getInteger("shardline.churn.minutes", MINUTES);
        int rate = Integer.getInteger("shardline.churn.rate", RATE);
        System.out.println("churn: repeat it with -Dshardline.churn.seed=" + seed);
        Churn churn = forMinutes(seed, minutes);
        try (TestBroker broker = TestBroker.startRabbitMq();
                Scenario scenario = Scenario.start(Setting.of(broker.uri(), churn.most()), churn.ordeal(rate))) {
            scenario.endure("RabbitMQ " + version(broker));
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String version(TestBroker broker) throws IOException, TimeoutException {
        try (Connection connection = broker.connectionFactory().newConnection()) {
            return String.valueOf(connection.getServerProperties().get("version"));
        }
    }
}
