package dev.shardline.gateway.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bot shows of itself. See Discord Docs/Gateway Events#update-presence.
 *
 * @param status {@code online}, {@code dnd}, {@code idle}, {@code invisible} or {@code offline}
 * @param activities what the bot is doing
 * @param since milliseconds since the epoch since when the bot is idle, null when it is not
 * @param afk whether the bot is away
 */
public record Presence(
        String status, List<Activity> activities, @Nullable Long since, boolean afk) {
    private static final List<String> STATUSES = List.of("online", "dnd", "idle", "invisible", "offline");

    /** Copies the list and checks the status. */
    public Presence {
        activities = List.copyOf(activities);
        if (!STATUSES.contains(status)) {
            throw new IllegalArgumentException(
                    "unknown status \"" + status + "\": valid are " + String.join(", ", STATUSES));
        }
    }

    /** Only a status. */
    public static Presence of(String status) {
        return new Presence(status, List.of(), null, false);
    }

    /**
     * One activity.
     *
     * @param name what is shown
     * @param type 0 playing, 1 streaming, 2 listening, 3 watching, 4 custom, 5 competing
     * @param state a second line, or the text of a custom status
     * @param url a Twitch or YouTube address, for streaming only
     */
    public record Activity(
            String name,
            int type,
            @Nullable String state,
            @Nullable String url) {}
}
