package dev.shardline.gateway.app;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.gateway.api.ReshardSettings;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.reshard.ReshardRules;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * When the shard count counts as too small, as JSON, to look at and to change. Settings are named like their property, in
 * snake case. Safe for use by many threads.
 */
final class ReshardChanges implements ReshardSettings {
    private static final Set<String> NAMES =
            new TreeSet<>(Set.of("mode", "threshold", "target", "guilds_per_shard", "check_interval"));

    private final ReshardAdvisor advisor;
    private final ReshardRules configured;

    /** Takes what is in force now for what is configured. */
    ReshardChanges(ReshardAdvisor advisor) {
        this.advisor = advisor;
        this.configured = advisor.rules();
    }

    @Override
    public ObjectNode current() {
        return json(advisor.rules());
    }

    @Override
    public synchronized void change(ObjectNode changes) {
        ObjectNode wanted = current();
        ObjectNode before = json(configured);
        for (String name : changes.propertyNames()) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "settings." + name + " is not known; known are " + String.join(", ", NAMES));
            }
            JsonNode value = changes.get(name);
            wanted.set(name, value == null || value.isNull() ? before.get(name) : value);
        }
        advisor.use(rules(wanted));
    }

    private static ObjectNode json(ReshardRules rules) {
        ObjectNode node = CommandCodec.object();
        node.put("mode", rules.mode().name().toLowerCase(Locale.ROOT));
        node.put("threshold", rules.threshold());
        node.put("target", rules.target());
        node.put("guilds_per_shard", rules.guildsPerShard());
        node.put("check_interval", written(rules.checkInterval()));
        return node;
    }

    private static ReshardRules rules(ObjectNode node) {
        ReshardRules.Mode mode = mode(node.path("mode"));
        double threshold = number("threshold", node);
        double target = number("target", node);
        JsonNode guilds = node.path("guilds_per_shard");
        if (!guilds.isIntegralNumber() || !guilds.canConvertToInt()) {
            throw mistake("guilds_per_shard", "a whole number", guilds);
        }
        Duration interval = duration(node.path("check_interval"));
        try {
            return new ReshardRules(mode, threshold, target, guilds.intValue(), interval);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("settings." + e.getMessage(), e);
        }
    }

    private static ReshardRules.Mode mode(JsonNode value) {
        for (ReshardRules.Mode mode : ReshardRules.Mode.values()) {
            if (value.isString() && mode.name().equalsIgnoreCase(value.stringValue())) {
                return mode;
            }
        }
        throw mistake(
                "mode",
                Arrays.stream(ReshardRules.Mode.values())
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or ")),
                value);
    }

    private static double number(String name, ObjectNode node) {
        JsonNode value = node.path(name);
        if (!value.isNumber()) {
            throw mistake(name, "a number", value);
        }
        return value.doubleValue();
    }

    private static Duration duration(JsonNode value) {
        if (value.isString()) {
            try {
                return DurationStyle.detectAndParse(value.stringValue());
            } catch (IllegalArgumentException | ArithmeticException e) {
                throw mistake("check_interval", "a duration, such as 30m or 8h", value);
            }
        }
        throw mistake("check_interval", "a duration, such as 30m or 8h", value);
    }

    private static String written(Duration duration) {
        if (duration.toMillis() % 60_000 != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }

    private static IllegalArgumentException mistake(String name, String expected, JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return new IllegalArgumentException("settings." + name + " must be " + expected + ", was "
                + (text.length() > 64 ? text.substring(0, 64) + "…" : text));
    }
}
