package dev.shardline.sdk.guild;

import dev.shardline.sdk.event.EventContext;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Tells joining from becoming available, and leaving from an outage, which Discord sends under the same two names.
 *
 * <p>Needs to know which guilds the bot was in: ask the bot's own store. Without one, {@link #byJoinTime} goes by the
 * guild's {@code joined_at}. Stateless, safe from any thread.
 */
public final class GuildTracker {
    private final Predicate<Known> known;

    /** What is asked about a guild: its id, when the bot joined, and when the event came. */
    public record Known(String guildId, Instant joinedAt, Instant receivedAt) {}

    private GuildTracker(Predicate<Known> known) {
        this.known = known;
    }

    /**
     * Asks the bot's own store.
     *
     * @param isKnown whether a guild, by id, is one that the bot was in; may block, called from handlers
     */
    public static GuildTracker of(Predicate<String> isKnown) {
        return new GuildTracker(guild -> isKnown.test(guild.guildId()));
    }

    /** Counts a GUILD_CREATE as joining when {@code joined_at} is no older than {@code fresh} before it came in. */
    public static GuildTracker byJoinTime(Duration fresh) {
        return new GuildTracker(guild -> guild.joinedAt().plus(fresh).isBefore(guild.receivedAt()));
    }

    /** What the event means; {@link GuildChange#NONE} for events that are neither of the two. */
    public GuildChange read(EventContext event) {
        JsonNode guild = event.json();
        return switch (event.type()) {
            case "GUILD_CREATE" -> {
                // Sent with the flag for guilds in an outage at the start.
                if (guild.path("unavailable").asBoolean(false)) {
                    yield GuildChange.UNAVAILABLE;
                }
                Known asked = new Known(
                        guild.path("id").asString(""), joinedAt(guild, event.receivedAt()), event.receivedAt());
                yield known.test(asked) ? GuildChange.AVAILABLE : GuildChange.JOINED;
            }
            case "GUILD_DELETE" ->
                guild.path("unavailable").asBoolean(false) ? GuildChange.UNAVAILABLE : GuildChange.LEFT;
            default -> GuildChange.NONE;
        };
    }

    private static Instant joinedAt(JsonNode guild, Instant otherwise) {
        String text = guild.path("joined_at").asString("");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
