package dev.shardline.contract.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a bot shows: op 3. See Discord Docs/Gateway Events#update-presence.
 *
 * @param status the coloured dot
 * @param activities what it is doing, at most 16; Discord shows the first
 * @param since when it became idle, milliseconds since the epoch; null when it is not
 * @param afk Discord ignores it for bots
 */
public record Presence(
        Status status, List<Activity> activities, @Nullable Long since, boolean afk) {
    private static final int MOST_ACTIVITIES = 16;

    /** Discord's status types. */
    public enum Status {
        /** Green. */
        ONLINE,
        /** Do not disturb, red. */
        DND,
        /** Yellow. */
        IDLE,
        /** Shown as offline. */
        INVISIBLE,
        /** Shown as offline. */
        OFFLINE;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One activity; a bot may set these four fields and no others.
     *
     * @param type 0 playing, 1 streaming, 2 listening, 3 watching, 4 custom, 5 competing
     * @param name what is shown; for type 4 Discord shows {@code state} instead, yet wants a name
     * @param state second line, or the text of type 4
     * @param url only with type 1; Twitch or YouTube
     */
    public record Activity(
            int type,
            String name,
            @Nullable String state,
            @Nullable String url) {
        /** Checks the ranges. */
        public Activity {
            if (type < 0 || type > 5) {
                throw new IllegalArgumentException("activity type must be 0 to 5, was " + type);
            }
            if (name.isEmpty() || name.length() > 128) {
                throw new IllegalArgumentException(
                        "activity name must have 1 to 128 characters, was \"" + Shortened.of(name) + "\"");
            }
        }

        static Activity parse(JsonNode node, String path) {
            PayloadReader reader = PayloadReader.of(node, path);
            Activity activity = new Activity(
                    reader.integer("type", 0, 5),
                    reader.text("name", 128),
                    reader.optionalTextOrEmpty("state", 128).orElse(null),
                    reader.optionalText("url", 512).orElse(null));
            reader.end();
            return activity;
        }
    }

    /** Copies the list and checks its size. */
    public Presence {
        Objects.requireNonNull(status, "status");
        activities = List.copyOf(activities);
        if (activities.size() > MOST_ACTIVITIES) {
            throw new IllegalArgumentException(
                    "activities must be at most " + MOST_ACTIVITIES + ", were " + activities.size());
        }
    }

    /** A status without activity. */
    public static Presence of(Status status) {
        return new Presence(status, List.of(), null, false);
    }

    /** Online, with a custom status text. */
    public static Presence custom(String text) {
        return new Presence(Status.ONLINE, List.of(new Activity(4, "Custom Status", text, null)), null, false);
    }

    /** Online, playing something. */
    public static Presence playing(String name) {
        return new Presence(Status.ONLINE, List.of(new Activity(0, name, null, null)), null, false);
    }

    /**
     * Reads Discord's form, strictly.
     *
     * @throws InvalidCommandException naming the field at fault
     */
    public static Presence parse(JsonNode node) {
        PayloadReader reader = PayloadReader.of(node, "payload");
        String word = reader.text("status", 16);
        Status status = null;
        for (Status known : Status.values()) {
            if (known.wire().equals(word)) {
                status = known;
            }
        }
        if (status == null) {
            throw new InvalidCommandException("payload.status must be online, dnd, idle, invisible or offline, was \""
                    + Shortened.of(word) + "\"");
        }
        List<Activity> activities = new ArrayList<>();
        for (JsonNode activity : reader.list("activities", MOST_ACTIVITIES)) {
            activities.add(Activity.parse(activity, "payload.activities[" + activities.size() + "]"));
        }
        Presence presence = new Presence(
                status,
                activities,
                reader.optionalNumber("since", 0, Long.MAX_VALUE).orElse(null),
                reader.flag("afk", false));
        reader.end();
        return presence;
    }

    /** Discord's form: the {@code d} of op 3, with every field that Discord requires. */
    public ObjectNode toJson() {
        ObjectNode node = CommandCodec.object();
        node.put("since", since);
        ArrayNode list = node.putArray("activities");
        for (Activity activity : activities) {
            ObjectNode entry = list.addObject();
            entry.put("name", activity.name());
            entry.put("type", activity.type());
            if (activity.state() != null) {
                entry.put("state", activity.state());
            }
            if (activity.url() != null) {
                entry.put("url", activity.url());
            }
        }
        node.put("status", status.wire());
        node.put("afk", afk);
        return node;
    }
}
