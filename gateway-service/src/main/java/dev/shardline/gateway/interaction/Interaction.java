package dev.shardline.gateway.interaction;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What of an interaction matters for its first answer. See Discord Docs/Interactions/Receiving and Responding.
 *
 * @param id snowflake, decimal digits
 * @param token allows its owner to answer: never to be logged
 * @param type 2 application command, 3 message component, 4 autocomplete, 5 modal submit; others are Discord's inventions
 *     of a later day
 * @param guildId null outside guilds
 */
public record Interaction(
        String id, String token, int type, @Nullable String guildId) {
    /** A slash command, user command or message command. */
    public static final int APPLICATION_COMMAND = 2;
    /** A button or select menu. */
    public static final int MESSAGE_COMPONENT = 3;
    /** Suggestions while somebody types; cannot be answered later. */
    public static final int AUTOCOMPLETE = 4;
    /** A form. */
    public static final int MODAL_SUBMIT = 5;

    private static final JsonFactory JSON = JsonFactory.builder().build();
    private static final long DISCORD_EPOCH_MILLIS = 1_420_070_400_000L;

    /** When Discord made it, milliseconds since the epoch. See Discord Docs/Reference/Snowflakes. */
    long createdMillis() {
        return (Long.parseUnsignedLong(id) >>> 22) + DISCORD_EPOCH_MILLIS;
    }

    /**
     * Reads the bytes of {@code d}, no further than needed.
     *
     * @return null when they are no interaction with id, token and type
     */
    static @Nullable Interaction read(byte[] data, @Nullable String guildId) {
        String id = "";
        String token = "";
        int type = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "id" -> id = value.isScalarValue() ? parser.getString() : "";
                    case "token" -> token = value.isScalarValue() ? parser.getString() : "";
                    case "type" -> type = value == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : 0;
                    default -> parser.skipChildren();
                }
                if (!id.isEmpty() && !token.isEmpty() && type > 0) {
                    return isSnowflake(id) ? new Interaction(id, token, type, guildId) : null;
                }
            }
            return null;
        } catch (JacksonException e) {
            // The publisher passes on whatever it was; only its answer is left to the bot.
            return null;
        }
    }

    private static boolean isSnowflake(String id) {
        try {
            Long.parseUnsignedLong(id);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return "Interaction[id=" + id + ", type=" + type + ", guildId=" + guildId + "]";
    }
}
