package dev.shardline.it.delivery;

import dev.shardline.broker.testing.TestBroker;
import java.util.Random;
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

    @Test
    @Tag("long")
    @Tag("rabbitmq")
    void nothing_is_lost_or_reordered_for_minutes() {
        long seed = Long.getLong("shardline.churn.seed", new Random().nextInt(1_000_000));
        int minutes = Integer.getInteger("shardline.churn.minutes", 10);
        int rate = Integer.getInteger("shardline.churn.rate", 3_000);
        System.out.println("churn: repeat it with -Dshardline.churn.seed=" + seed);
        Churn churn = new Churn(seed, minutes * 60, CHANGES_PER_MINUTE, 6, true);
        try (TestBroker broker = TestBroker.startRabbitMq();
                Scenario scenario = Scenario.start(Setting.of(broker.uri(), churn.most()), churn.ordeal(rate))) {
            scenario.endure("RabbitMQ 4");
        }
    }
}
