package dev.shardline.examples.demo;

import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.examples.InteractionAnswers;
import dev.shardline.gateway.app.GatewayApplication;
import dev.shardline.simulator.DiscordSimulator;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts a simulated Discord, a broker, the gateway and a bot, and tells what happens until Ctrl-C.
 *
 * <p>With {@code DISCORD_TOKEN} the real Discord takes the simulator's place; with {@code RABBITMQ_URL} or
 * {@code SPRING_RABBITMQ_ADDRESSES} that broker is used.
 */
public final class Demo {
    private static final int SHARDS = 4;
    private static final int EVENTS_PER_SECOND = 500;
    private static final Duration REPORT = Duration.ofSeconds(2);

    private Demo() {}

    /** Runs until it is stopped. */
    public static void main(String[] args) throws Exception {
        System.setProperty("logging.level.root", System.getProperty("logging.level.root", "WARN"));
        String broker = broker();
        boolean simulated = setting("DISCORD_TOKEN").isEmpty();
        DiscordSimulator discord = simulated ? simulator() : null;
        String apiUrl = discord == null ? apiUrl() : discord.apiUrl();

        Narrator narrator = new Narrator(System.out, System.nanoTime());
        narrator.say(
                discord == null
                        ? "Discord    the real one, since DISCORD_TOKEN is set"
                        : "Discord    simulated at " + discord.apiUrl() + ": 64 guilds, " + SHARDS + " shards");
        narrator.say("Gateway    starting ...");
        ConfigurableApplicationContext gateway = gateway(broker, discord);
        String rabbit = broker.isEmpty() ? gateway.getBean(EmbeddedBroker.class).uri() : broker;
        narrator.say(broker.isEmpty() ? "Broker     embedded at " + rabbit : "Broker     the one you named");
        narrator.say("Gateway    http://localhost:"
                + gateway.getEnvironment().getProperty("local.server.port")
                + "/actuator/health and /actuator/prometheus");
        DemoBot bot = new DemoBot(rabbit, new InteractionAnswers(apiUrl), discord);
        bot.start();
        narrator.say("Bot        group demo: counts events, answers /ping");
        narrator.say("Ctrl-C     ends it with an audit of every event");

        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.countDown();
                            await(stopped);
                        },
                        "demo-stop"));

        Traffic traffic = new Traffic(gateway, bot, discord, EVENTS_PER_SECOND);
        while (!stopping.await(REPORT.toMillis(), TimeUnit.MILLISECONDS)) {
            traffic.tell(narrator);
        }
        try {
            traffic.stop(narrator);
            bot.close();
            gateway.close();
            if (discord != null) {
                discord.close();
            }
        } finally {
            narrator.say("Ended");
            stopped.countDown();
        }
    }

    private static DiscordSimulator simulator() {
        return DiscordSimulator.builder()
                .guilds(64)
                .recommendedShards(SHARDS)
                .maxConcurrency(SHARDS)
                .heartbeatInterval(Duration.ofSeconds(10))
                .start();
    }

    private static ConfigurableApplicationContext gateway(String broker, @Nullable DiscordSimulator discord)
            throws IOException {
        List<String> arguments = new ArrayList<>();
        if (broker.isEmpty()) {
            arguments.add("--shardline.broker.mode=embedded");
            arguments.add("--shardline.broker.port=0");
        } else {
            arguments.add("--spring.rabbitmq.addresses=" + broker);
        }
        if (discord != null) {
            Path data = Files.createTempDirectory("shardline-demo");
            arguments.add("--shardline.data-dir=" + data);
            arguments.add("--shardline.discord.token=" + discord.token());
            arguments.add("--shardline.discord.api-url=" + discord.apiUrl());
            arguments.add("--shardline.discord.intents=" + DemoBot.INTENTS);
        }
        arguments.add("--shardline.groups=demo");
        arguments.add("--server.port=" + (setting("SERVER_PORT").isEmpty() ? freePort(8080) : setting("SERVER_PORT")));
        SpringApplication application = new SpringApplication(GatewayApplication.class);
        // Ctrl-C ends the demo in its own order: first the load, then the bot, then the gateway.
        application.setRegisterShutdownHook(false);
        return application.run(arguments.toArray(String[]::new));
    }

    private static String broker() {
        String spring = setting("SPRING_RABBITMQ_ADDRESSES");
        return spring.isEmpty() ? setting("RABBITMQ_URL") : spring;
    }

    private static String apiUrl() {
        return setting("DISCORD_API_URL").isEmpty() ? "https://discord.com/api/v10" : setting("DISCORD_API_URL");
    }

    private static String setting(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value.strip();
    }

    private static int freePort(int wanted) {
        try (ServerSocket socket = new ServerSocket(wanted)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                System.err.println("The demo did not end in order within 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
