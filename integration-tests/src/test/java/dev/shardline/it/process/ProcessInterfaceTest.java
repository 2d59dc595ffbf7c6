package dev.shardline.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.ShardFilter;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What scripts and people see of the gateway: its exit code, and one message that says what to mend. */
class ProcessInterfaceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static TestBroker broker;
    private static DiscordSimulator discord;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = TestBroker.startEmbedded();
        discord = DiscordSimulator.builder().guilds(2).maxConcurrency(16).start();
    }

    @AfterAll
    static void end() {
        discord.close();
        broker.close();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("missing token", Map.of("DISCORD_TOKEN", ""), "shardline.discord.token"),
                Arguments.of("malformed token", Map.of("DISCORD_TOKEN", "two words"), "shardline.discord.token"),
                Arguments.of(
                        "unknown intent",
                        Map.of("SHARDLINE_DISCORD_INTENTS", "GUILDS,GUILD_WISHES"),
                        "shardline.discord.intents"),
                Arguments.of(
                        "impossible shard range",
                        Map.of(
                                "SHARDLINE_SHARDS_TOTAL",
                                "4",
                                "SHARDLINE_SHARDS_FIRST",
                                "2",
                                "SHARDLINE_SHARDS_LAST",
                                "4"),
                        "shardline.shards.last"),
                Arguments.of(
                        "broker that is not there",
                        Map.of(
                                "SPRING_RABBITMQ_ADDRESSES",
                                "amqp://guest:guest@127.0.0.1:" + GatewayProcess.freePort(),
                                "SHARDLINE_BROKER_START_TIMEOUT",
                                "1s"),
                        "spring.rabbitmq.addresses"),
                Arguments.of(
                        "wrong password",
                        Map.of("SPRING_RABBITMQ_ADDRESSES", broker.uri().replaceFirst(":[^:@/]+@", ":wrong@")),
                        "spring.rabbitmq.username"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void a_mistake_in_the_configuration_ends_with_2_and_names_the_property(
            String mistake, Map<String, String> environment, String property) {
        endsWith(2, environment, property);
    }

    @Test
    void a_broker_before_4_0_ends_with_2_and_names_its_version() throws IOException {
        try (OldRabbit old = new OldRabbit("3.13.7")) {
            endsWith(2, Map.of("SPRING_RABBITMQ_ADDRESSES", old.uri()), "3.13.7");
        }
    }

    @Test
    void a_broker_behind_tls_needs_its_certificate_to_be_known() throws Exception {
        int port = broker.connectionFactory().getPort();
        try (TlsFront front = new TlsFront(directory, port)) {
            Map<String, String> environment = new LinkedHashMap<>();
            environment.put(
                    "SPRING_RABBITMQ_ADDRESSES",
                    broker.uri().replace("amqp://", "amqps://").replace(":" + port, ":" + front.port()));
            endsWith(2, environment, "spring.rabbitmq.ssl");
            environment.put("SPRING_RABBITMQ_SSL_BUNDLE", "broker");
            environment.put(
                    "SPRING_SSL_BUNDLE_PEM_BROKER_TRUSTSTORE_CERTIFICATE",
                    front.certificate().toUri().toString());
            try (GatewayProcess gateway = launch(environment)) {
                gateway.awaitReady(LIMIT);
            }
        }
    }

    @Test
    void a_port_in_use_ends_with_2_and_spends_no_identify() throws IOException {
        long before = discord.stats().identifies();
        try (ServerSocket taken = new ServerSocket(0)) {
            endsWith(2, Map.of("SERVER_PORT", Integer.toString(taken.getLocalPort())), "server.port");
        }
        assertThat(discord.stats().identifies()).isEqualTo(before);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(Arguments.of(4004, "DISCORD_TOKEN"), Arguments.of(4014, "shardline.discord.intents"));
    }

    @ParameterizedTest(name = "close code {0}")
    @MethodSource("refusals")
    void a_refusal_by_discord_ends_with_3_and_names_the_property(int code, String property) {
        discord.arm(Fault.IDENTIFY_CLOSE, ShardFilter.all(), 1, code);
        try {
            endsWith(3, Map.of(), property);
        } finally {
            discord.disarmAll();
        }
    }

    @Test
    void sigterm_ends_with_0_and_leaves_the_session_alive() {
        try (GatewayProcess gateway = launch(Map.of())) {
            gateway.awaitReady(LIMIT);
            long before = discord.stats().sessionsEndedByClient();
            gateway.process().terminate();
            assertThat(gateway.process().awaitExit(LIMIT)).isZero();
            assertThat(gateway.process().output()).doesNotContain("\tat ");
            assertThat(discord.stats().sessionsEndedByClient()).isEqualTo(before);
        }
    }

    private void endsWith(int exitCode, Map<String, String> environment, String property) {
        try (GatewayProcess gateway = launch(environment)) {
            int code = gateway.process().awaitExit(LIMIT);
            String output = gateway.process().output();
            assertThat(output).contains(property).doesNotContain("\tat ").doesNotContain(discord.token());
            assertThat(code).as(output).isEqualTo(exitCode);
        }
    }

    private GatewayProcess launch(Map<String, String> changes) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DISCORD_API_URL", discord.apiUrl());
        environment.put("DISCORD_TOKEN", discord.token());
        environment.put("SPRING_RABBITMQ_ADDRESSES", broker.uri());
        environment.putAll(changes);
        return GatewayProcess.start("gateway", directory, environment);
    }
}
