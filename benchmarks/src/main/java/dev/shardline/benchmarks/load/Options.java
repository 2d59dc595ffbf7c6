package dev.shardline.benchmarks.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param targets which of {@link Target.Kind}, in this order
 * @param rates events per second to measure at
 * @param rampFrom first offered rate on the way to saturation, 0 to leave saturation out
 * @param rampFactor by how much each next rate is higher
 * @param warmup how long each target gets to compile its code, at the highest of the rates
 * @param measure how long each rate is measured
 * @param shards shards of the gateway and of the floor
 * @param guilds guilds that are spread over them
 * @param compression transport compression of the gateway; the floor has none
 * @param queueType type of the one queue that floor and {@code gateway-one-queue} publish to
 * @param gatewayJvm arguments for the JVM of the gateway, those of the container image by default
 * @param clean whether objects of an earlier run in the virtual host are deleted
 * @param write whether the table is written into docs/benchmarks.md
 */
record Options(
        List<Target.Kind> targets,
        List<Integer> rates,
        int rampFrom,
        double rampFactor,
        Duration warmup,
        Duration measure,
        int shards,
        int guilds,
        String compression,
        String queueType,
        List<String> gatewayJvm,
        boolean clean,
        boolean write) {
    /** As JAVA_TOOL_OPTIONS in deploy/gateway/Dockerfile, with a heap for a container of 400 MB. */
    static final String GATEWAY_JVM = "-XX:+UseSerialGC -Xmx240m";

    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("targets", "floor,gateway-one-queue,gateway");
        DEFAULTS.put("rates", "1000,3000");
        DEFAULTS.put("ramp-from", "4000");
        DEFAULTS.put("ramp-factor", "1.3");
        DEFAULTS.put("warmup", "8");
        DEFAULTS.put("seconds", "6");
        DEFAULTS.put("shards", "16");
        DEFAULTS.put("guilds", "320");
        DEFAULTS.put("compression", "zlib-stream");
        DEFAULTS.put("queue-type", "classic");
        DEFAULTS.put("gateway-jvm", GATEWAY_JVM);
    }

    /**
     * Reads {@code --name=value}, {@code --write} and {@code --clean}.
     *
     * @throws IllegalArgumentException naming the argument and the mend
     */
    static Options of(String... args) {
        Map<String, String> values = new LinkedHashMap<>(DEFAULTS);
        boolean write = false;
        boolean clean = false;
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") && equals > 0 ? arg.substring(2, equals) : "";
            if (arg.equals("--write")) {
                write = true;
            } else if (arg.equals("--clean")) {
                clean = true;
            } else if (DEFAULTS.containsKey(name)) {
                values.put(name, arg.substring(equals + 1));
            } else {
                throw new IllegalArgumentException("cannot read the argument " + arg + "; use --write, --clean or --"
                        + String.join("=…, --", DEFAULTS.keySet()) + "=…");
            }
        }
        return new Options(
                split(values, "targets").map(Target.Kind::of).toList(),
                split(values, "rates").map(text -> number("rates", text)).toList(),
                number("ramp-from", text(values, "ramp-from")),
                factor(text(values, "ramp-factor")),
                Duration.ofSeconds(number("warmup", text(values, "warmup"))),
                Duration.ofSeconds(Math.max(1, number("seconds", text(values, "seconds")))),
                number("shards", text(values, "shards")),
                number("guilds", text(values, "guilds")),
                oneOf("compression", text(values, "compression"), Set.of("none", "zlib-stream", "zstd-stream")),
                oneOf("queue-type", text(values, "queue-type"), Set.of("classic", "quorum")),
                List.of(text(values, "gateway-jvm").split(" +", -1)),
                clean,
                write);
    }

    /** The names of the options that take a value. */
    static Set<String> names() {
        return DEFAULTS.keySet();
    }

    private static String text(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }

    private static Stream<String> split(Map<String, String> values, String name) {
        return Stream.of(text(values, name).split(",", -1)).filter(text -> !text.isBlank());
    }

    private static String oneOf(String name, String value, Set<String> valid) {
        if (!valid.contains(value)) {
            throw new IllegalArgumentException("--" + name + "=" + value + " is none of " + valid);
        }
        return value;
    }

    private static int number(String name, String text) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " needs whole numbers, was " + text, e);
        }
        throw new IllegalArgumentException("--" + name + " must not be negative, was " + text);
    }

    private static double factor(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--ramp-factor needs a number, was " + text, e);
        }
        throw new IllegalArgumentException("--ramp-factor must be over 1, was " + text);
    }
}
