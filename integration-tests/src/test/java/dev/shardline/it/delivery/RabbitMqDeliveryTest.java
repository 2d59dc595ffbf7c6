package dev.shardline.it.delivery;

import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.ShardFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of every part on a real RabbitMQ 4, the same row of promises each time. */
@Tag("rabbitmq")
@Tag("long")
class RabbitMqDeliveryTest {
    private static final int RATE = 1_000;
    private static DockerRabbit rabbit;
    /** Of a handler, when one shall run at any moment. */
    private static final int HANDLER_MILLIS = 20;

    private static TcpProxy network;
    private static TcpProxy networkOfBots;

    @BeforeAll
    static void launch() throws IOException {
        rabbit = DockerRabbit.launch();
        network = TcpProxy.to("127.0.0.1", rabbit.port());
        networkOfBots = TcpProxy.to("127.0.0.1", rabbit.port());
    }

    @AfterAll
    static void end() throws IOException {
        network.close();
        networkOfBots.close();
        rabbit.close();
    }

    static Stream<Ordeal> ordeals() {
        return Stream.of(
                Ordeal.of("none", "60 s at 2,000 events/s", 2_000, 30, 30, scenario -> {})
                        .thatSparesSockets(),
                Ordeal.of("broker", "away for 60 s at 2,000 events/s", 2_000, 5, 10, scenario -> {
                            rabbit.stop();
                            scenario.load(60);
                            rabbit.startAgain();
                        })
                        .thatSparesSockets(),
                Ordeal.of("broker", "kill -9 and start", RATE, 3, 5, scenario -> {
                            rabbit.kill();
                            scenario.load(3);
                            rabbit.startAgain();
                        })
                        .thatSparesSockets(),
                Ordeal.of("broker", "SIGTERM and start", RATE, 3, 5, scenario -> {
                            rabbit.stop();
                            scenario.load(3);
                            rabbit.startAgain();
                        })
                        .thatSparesSockets(),
                Ordeal.of("broker", "memory alarm for 40 s", RATE, 3, 5, scenario -> {
                            rabbit.memoryAlarm(true);
                            scenario.load(40);
                            rabbit.memoryAlarm(false);
                        })
                        .thatSparesSockets(),
                Ordeal.of("network to the broker", "black hole in both directions for 10 s", RATE, 3, 5, scenario -> {
                            network.pause();
                            scenario.load(10);
                            network.resume();
                        })
                        .thatSparesSockets(),
                Ordeal.of("network to the broker", "black hole in both directions for 45 s", RATE, 3, 5, scenario -> {
                            network.pause();
                            scenario.load(45);
                            network.resume();
                        })
                        .thatSparesSockets(),
                Ordeal.of("network to the broker", "no answers for 45 s", RATE, 3, 5, scenario -> {
                            network.pauseAnswers();
                            scenario.load(45);
                            network.resume();
                        })
                        .thatSparesSockets(),
                Ordeal.of("network to the broker", "reset", RATE, 3, 5, scenario -> network.reset())
                        .thatSparesSockets(),
                Ordeal.of("network of the bots", "black hole in both directions for 20 s", RATE, 3, 5, scenario -> {
                            networkOfBots.pause();
                            scenario.load(20);
                            networkOfBots.resume();
                        })
                        .thatSparesSockets(),
                Ordeal.of("network of the bots", "reset", RATE, 3, 5, scenario -> networkOfBots.reset())
                        .thatSparesSockets(),
                Ordeal.of("gateway", "kill -9 and start", RATE, 3, 5, Scenario::killGateway),
                Ordeal.of("gateway", "SIGTERM and start", RATE, 3, 5, Scenario::stopGateway),
                Ordeal.of("bot", "kill -9 and start", RATE, 3, 5, scenario -> scenario.killBot(0))
                        .thatRepeats(HANDLER_MILLIS)
                        .thatSparesSockets(),
                Ordeal.of("bot", "SIGTERM and start", RATE, 3, 5, scenario -> scenario.stopBot(0))
                        .thatSparesSockets(),
                Ordeal.of(
                        "Discord",
                        "sockets dropped",
                        RATE,
                        3,
                        5,
                        scenario -> scenario.discord().dropConnections(ShardFilter.all())),
                Ordeal.of("Discord", "three waves of op 7", RATE, 3, 5, scenario -> {
                    for (int wave = 0; wave < 3; wave++) {
                        scenario.discord().requestReconnect(ShardFilter.all(), null);
                        scenario.load(2);
                    }
                }),
                Ordeal.of(
                        "Discord",
                        "half-open sockets",
                        RATE,
                        3,
                        12,
                        scenario -> scenario.discord().freeze(ShardFilter.of(0, 3, 7, 12))),
                Ordeal.of("Discord", "storm of close codes", RATE, 3, 5, scenario -> {
                    scenario.discord().arm(Fault.RESUME_CLOSE, ShardFilter.of(1, 2), 2, 4000);
                    for (int code : new int[] {4000, 4001, 4002, 4005, 4008}) {
                        scenario.discord().closeConnections(ShardFilter.all(), code, "storm");
                        scenario.load(2);
                    }
                }),
                Ordeal.of("two at once", "broker down, then kill -9 of the gateway", RATE, 3, 5, scenario -> {
                    rabbit.stop();
                    scenario.load(3);
                    scenario.killGatewayWithoutBroker();
                    scenario.load(8);
                    rabbit.startAgain();
                }),
                Ordeal.of("two at once", "kill -9 of the gateway while the spool drains", 2_000, 3, 5, scenario -> {
                    rabbit.stop();
                    scenario.load(30);
                    rabbit.startAgain();
                    scenario.awaitDraining();
                    scenario.killGateway();
                }),
                Ordeal.of("disk", "spool full while the broker is away", RATE, 3, 5, scenario -> {
                            rabbit.stop();
                            scenario.load(15);
                            scenario.awaitRefusals();
                            rabbit.startAgain();
                        })
                        .with(Map.of(
                                "SHARDLINE_SPOOL_MAX_SIZE", "2MB",
                                "SHARDLINE_SPOOL_BUFFER", "2MB",
                                "SHARDLINE_PUBLISH_MEMORY", "2MB",
                                "SHARDLINE_SPOOL_SHEDDABLE", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordeals")
    void nothing_is_lost_reordered_or_handled_twice(Ordeal ordeal) {
        run(ordeal, "");
    }

    static Ordeal fullDisk() {
        return Ordeal.of("disk", "no space left while the broker is away", RATE, 3, 5, scenario -> {
                    rabbit.stop();
                    scenario.load(25);
                    scenario.awaitRefusals();
                    rabbit.startAgain();
                })
                .with(Map.of(
                        "SHARDLINE_SPOOL_KEEP_FREE", "0B",
                        "SHARDLINE_SPOOL_BUFFER", "2MB",
                        "SHARDLINE_PUBLISH_MEMORY", "2MB",
                        "SHARDLINE_SPOOL_SHEDDABLE", ""));
    }

    @Test
    void events_for_which_a_full_disk_has_no_room_are_fetched_again() {
        run(fullDisk(), "6m");
    }

    static Ordeal clockSteps(WallClock clock) {
        return Ordeal.of(
                        "clock of the gateway",
                        "one hour ahead, then kill -9 and start; one hour behind, then kill -9 and start",
                        RATE,
                        3,
                        5,
                        scenario -> {
                            clock.set(Duration.ofHours(1));
                            scenario.load(12);
                            scenario.killGateway();
                            clock.set(Duration.ofHours(-1));
                            scenario.load(12);
                            scenario.killGateway();
                        })
                .with(clock.environment());
    }

    @Test
    void the_wall_clock_decides_nothing() {
        run(clockSteps(new WallClock()), "");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shortSequences")
    void nothing_is_lost_by_a_random_sequence_of_faults(Ordeal ordeal) {
        run(ordeal, "");
    }

    @Tag("long")
    @ParameterizedTest(name = "{0}")
    @MethodSource("longSequences")
    void nothing_is_lost_by_thirty_random_sequences_of_faults(Ordeal ordeal) {
        run(ordeal, "");
    }

    static Stream<Ordeal> shortSequences() {
        return LongStream.rangeClosed(1, 3).mapToObj(RabbitMqDeliveryTest::randomSequence);
    }

    static Stream<Ordeal> longSequences() {
        return LongStream.rangeClosed(Long.getLong("shardline.sequences.from", 4), 33)
                .mapToObj(RabbitMqDeliveryTest::randomSequence);
    }

    private static Ordeal randomSequence(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<BiConsumer<Scenario, SplittableRandom>> faults = List.of(
                (scenario, r) -> scenario.killGateway(),
                (scenario, r) -> scenario.stopGateway(),
                (scenario, r) -> scenario.killBot(r.nextInt(2)),
                (scenario, r) -> scenario.stopBotAmidFaults(r.nextInt(2)),
                (scenario, r) -> network.reset(),
                (scenario, r) -> {
                    network.pause();
                    scenario.load(1 + r.nextInt(4));
                    network.resume();
                },
                (scenario, r) -> {
                    rabbit.kill();
                    rabbit.startAgain();
                },
                (scenario, r) -> {
                    rabbit.stop();
                    scenario.load(1 + r.nextInt(4));
                    rabbit.startAgain();
                },
                (scenario, r) -> {
                    rabbit.memoryAlarm(true);
                    scenario.load(1 + r.nextInt(4));
                    rabbit.memoryAlarm(false);
                },
                (scenario, r) -> scenario.discord().resetConnections(ShardFilter.of(r.nextInt(16), r.nextInt(16))),
                (scenario, r) -> scenario.discord().freeze(ShardFilter.of(r.nextInt(16), r.nextInt(16))),
                (scenario, r) -> scenario.discord().closeConnections(ShardFilter.all(), 4000 + r.nextInt(3), "storm"),
                (scenario, r) -> scenario.discord().requestReconnect(ShardFilter.all(), null));
        List<Consumer<Scenario>> chosen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            BiConsumer<Scenario, SplittableRandom> fault = faults.get(random.nextInt(faults.size()));
            SplittableRandom own = random.split();
            chosen.add(scenario -> fault.accept(scenario, own));
        }
        // What a bot held that was killed, or ended while it was cut off, may be handled again, flagged; nothing else.
        // See Scenario.endure.
        return Ordeal.of("random", "sequence " + seed, 500, 1, 3, scenario -> {
                    for (Consumer<Scenario> fault : chosen) {
                        fault.accept(scenario);
                        scenario.load(1);
                    }
                })
                .thatMayRepeat();
    }

    private static void run(Ordeal ordeal, String diskSize) {
        String virtualHost = rabbit.addVirtualHost();
        Setting setting = new Setting(
                DockerRabbit.uri(network.port(), virtualHost),
                DockerRabbit.uri(networkOfBots.port(), virtualHost),
                2,
                diskSize);
        try (Scenario scenario = Scenario.start(setting, ordeal)) {
            scenario.endure(rabbit.version());
        } finally {
            network.resume();
            networkOfBots.resume();
        }
    }
}
