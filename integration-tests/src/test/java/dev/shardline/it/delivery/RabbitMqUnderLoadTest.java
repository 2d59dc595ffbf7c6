package dev.shardline.it.delivery;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of {@link RabbitMqDeliveryTest} that every change must pass: steady load, and a broker that is killed. */
@Tag("rabbitmq")
class RabbitMqUnderLoadTest {
    private static DockerRabbit rabbit;

    @BeforeAll
    static void launch() {
        rabbit = DockerRabbit.launch();
    }

    @AfterAll
    static void end() {
        rabbit.close();
    }

    static Stream<Ordeal> ordeals() {
        return Stream.of(
                Ordeal.of("none", "60 s at 2,000 events/s", 2_000, 30, 30, scenario -> {}),
                Ordeal.of("broker", "kill -9 and start", 1_000, 3, 5, scenario -> {
                    rabbit.kill();
                    scenario.load(3);
                    rabbit.startAgain();
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordeals")
    void nothing_is_lost_reordered_or_handled_twice(Ordeal ordeal) {
        try (Scenario scenario = Scenario.start(Setting.of(rabbit.uri(rabbit.addVirtualHost()), 2), ordeal)) {
            scenario.endure(rabbit.version());
        }
    }
}
