package dev.shardline.gateway.app;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.gateway.api.EventFilterSettings;
import dev.shardline.gateway.filter.FilterSettings;
import dev.shardline.gateway.filter.SourceFilters;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The filters as JSON, to look at and to change. Settings are named like their property, in snake case; {@code trim} is an
 * object of lists of paths by event name. Safe for use by many threads.
 */
final class FilterChanges implements EventFilterSettings {
    private static final int MOST = 500;
    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "allow",
            "deny",
            "loaded_guilds",
            "outages",
            "unchanged_messages",
            "prefixes",
            "mention_is_prefix",
            "trim"));

    private final SourceFilters filters;
    private final FilterSettings configured;

    /** Takes what is in force now for what is configured. */
    FilterChanges(SourceFilters filters) {
        this.filters = filters;
        this.configured = filters.settings();
    }

    @Override
    public ObjectNode current() {
        return json(filters.settings());
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
        filters.use(settings(wanted));
    }

    private static ObjectNode json(FilterSettings settings) {
        ObjectNode node = CommandCodec.object();
        new TreeSet<>(settings.allow()).forEach(node.putArray("allow")::add);
        new TreeSet<>(settings.deny()).forEach(node.putArray("deny")::add);
        node.put("loaded_guilds", settings.loadedGuilds());
        node.put("outages", settings.outages());
        node.put("unchanged_messages", settings.unchangedMessages());
        settings.prefixes().forEach(node.putArray("prefixes")::add);
        node.put("mention_is_prefix", settings.mentionIsPrefix());
        ObjectNode trim = node.putObject("trim");
        new TreeMap<>(settings.trim())
                .forEach((event, paths) -> new TreeSet<>(paths).forEach(trim.putArray(event)::add));
        return node;
    }

    private static FilterSettings settings(ObjectNode node) {
        Map<String, Set<String>> trim = new LinkedHashMap<>();
        JsonNode trims = node.path("trim");
        if (!trims.isObject()) {
            throw new IllegalArgumentException(
                    "settings.trim must be an object of lists of paths by event name, was " + shown(trims));
        }
        for (Map.Entry<String, JsonNode> entry : trims.properties()) {
            trim.put(entry.getKey(), new LinkedHashSet<>(texts("trim." + entry.getKey(), entry.getValue())));
        }
        try {
            return new FilterSettings(
                    new LinkedHashSet<>(texts("allow", node.path("allow"))),
                    new LinkedHashSet<>(texts("deny", node.path("deny"))),
                    flag("loaded_guilds", node),
                    flag("outages", node),
                    flag("unchanged_messages", node),
                    List.copyOf(texts("prefixes", node.path("prefixes"))),
                    flag("mention_is_prefix", node),
                    trim);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(message.startsWith("settings.") ? message : "settings." + message, e);
        }
    }

    private static boolean flag(String name, ObjectNode node) {
        JsonNode value = node.path(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("settings." + name + " must be true or false, was " + shown(value));
        }
        return value.booleanValue();
    }

    private static Collection<String> texts(String name, JsonNode value) {
        if (!value.isArray() || value.size() > MOST) {
            throw new IllegalArgumentException(
                    "settings." + name + " must be a list of at most " + MOST + " texts, was " + shown(value));
        }
        Collection<String> texts = new LinkedHashSet<>();
        for (JsonNode text : value) {
            if (!text.isString()) {
                throw new IllegalArgumentException(
                        "settings." + name + "[" + texts.size() + "] must be text, was " + shown(text));
            }
            texts.add(text.stringValue());
        }
        return texts;
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() > 64 ? text.substring(0, 64) + "…" : text;
    }
}
