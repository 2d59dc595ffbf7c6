package dev.shardline.it.delivery;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.simulator.gateway.ShardFilter;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of gateway, bot and Discord, each short, on the broker that the build asks for. */
class DeliveryTest {
    private static final int RATE = 500;
    /** Of a handler, when one shall run at any moment. */
    private static final int HANDLER_MILLIS = 30;

    static Stream<Ordeal> ordeals() {
        return Stream.of(
                Ordeal.of("gateway", "SIGTERM and start", RATE, 2, 2, Scenario::stopGateway),
                Ordeal.of("gateway", "kill -9 and start", RATE, 2, 2, Scenario::killGateway),
                Ordeal.of("bot", "kill -9 and start", RATE, 2, 2, scenario -> scenario.killBot(0))
                        .thatRepeats(HANDLER_MILLIS),
                Ordeal.of(
                        "Discord",
                        "op 7 on all shards",
                        RATE,
                        2,
                        3,
                        scenario -> scenario.discord().requestReconnect(ShardFilter.all(), null)),
                Ordeal.of(
                        "Discord",
                        "TCP reset on all shards",
                        RATE,
                        2,
                        3,
                        scenario -> scenario.discord().resetConnections(ShardFilter.all())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordeals")
    void nothing_is_lost_reordered_or_handled_twice(Ordeal ordeal) {
        try (TestBroker broker = TestBroker.start();
                Scenario scenario = Scenario.start(Setting.of(broker.uri(), 2), ordeal)) {
            scenario.endure(broker.isRabbitMq() ? "RabbitMQ 4" : "embedded");
        }
    }
}
