package dev.shardline.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the simulator until the process is stopped: {@code java -cp … dev.shardline.simulator.SimulatorMain}.
 *
 * <p>Configured by environment variables or {@code --name=value} arguments; docs/simulator.md lists them.
 */
public final class SimulatorMain {
    private SimulatorMain() {}

    public static void main(String[] args) throws InterruptedException {
        DiscordSimulator.Builder builder;
        double load;
        try {
            Options options = new Options(args, System.getenv());
            builder = DiscordSimulator.builder()
                    .bindAddress(options.text("bind-address", "127.0.0.1"))
                    .port(options.number("port", 8090))
                    .resumePort(options.number("resume-port", 8091))
                    .token(options.text("token", DiscordSimulator.DEFAULT_TOKEN))
                    .guilds(options.number("guilds", 100))
                    .recommendedShards(options.number("shards", 1))
                    .maxConcurrency(options.number("max-concurrency", 1))
                    .heartbeatInterval(Duration.ofMillis(options.number("heartbeat-interval-ms", 41_250)))
                    .sessionTimeout(Duration.ofSeconds(options.number("session-timeout-s", 90)))
                    .replayLimit(options.number("replay-limit", 0))
                    .compressionLevel(options.number("compression-level", 1));
            load = options.number("events-per-second", 0);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        DiscordSimulator discord = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(discord::close, "discord-simulator-stop"));
        if (load > 0) {
            discord.load().start(load);
        }
        System.out.println("Discord simulator: DISCORD_API_URL=" + discord.apiUrl() + ", steering at "
                + discord.baseUrl() + "/simulator/status");
        new CountDownLatch(1).await();
    }

    /** Looks up {@code --name=value}, then the environment variable {@code SIMULATOR_NAME}. */
    static final class Options {
        private final String[] args;
        private final Map<String, String> environment;

        Options(String[] args, Map<String, String> environment) {
            this.args = args;
            this.environment = environment;
            for (String arg : args) {
                if (!arg.matches("--[a-z-]+=.*")) {
                    throw new IllegalArgumentException("cannot read the argument " + arg + "; write --name=value");
                }
            }
        }

        String text(String name, String otherwise) {
            String prefix = "--" + name + "=";
            for (String arg : args) {
                if (arg.startsWith(prefix)) {
                    return arg.substring(prefix.length());
                }
            }
            String variable = "SIMULATOR_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
            return environment.getOrDefault(variable, otherwise);
        }

        int number(String name, int otherwise) {
            String text = text(name, Integer.toString(otherwise));
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(name + " must be a whole number, was " + text, e);
            }
        }
    }
}
