package dev.shardline.gateway.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A bot's token, held so that it cannot be printed by accident.
 *
 * <p>REST wants it with the prefix {@code Bot}, IDENTIFY and RESUME want it bare; whichever form was configured is
 * accepted.
 */
public final class Token {
    private final String bare;

    private Token(String bare) {
        this.bare = bare;
    }

    /**
     * Reads a configured token.
     *
     * @throws IllegalArgumentException when it is empty or contains blanks; the message does not contain it
     */
    public static Token of(String configured) {
        String bare = configured.strip();
        if (bare.regionMatches(true, 0, "Bot ", 0, 4)) {
            bare = bare.substring(4).strip();
        }
        if (bare.isEmpty()) {
            throw new IllegalArgumentException("the bot token is empty: set DISCORD_TOKEN");
        }
        if (bare.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new IllegalArgumentException(
                    "the bot token contains a blank or a character that is not ASCII: copy it again from the Developer Portal");
        }
        return new Token(bare);
    }

    /** For IDENTIFY and RESUME only. */
    public String bare() {
        return bare;
    }

    /** The value of the {@code Authorization} header. */
    public String authorization() {
        return "Bot " + bare;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Token token && token.bare.equals(bare);
    }

    @Override
    public int hashCode() {
        return bare.hashCode();
    }

    @Override
    public String toString() {
        return "Token[hidden]";
    }
}
