package dev.shardline.discord;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Discord's id of anything: an unsigned 64-bit number that begins with the time of its creation.
 *
 * <p>Read from a JSON string or number, also beyond 2^63; written as a string. Ordered by age. See Discord
 * Docs/Snowflakes.
 *
 * @param value the 64 bits; negative for ids of 2^63 and more
 */
public record Snowflake(long value) implements Comparable<Snowflake> {
    /** The first second of 2015, in milliseconds since the epoch. */
    private static final long DISCORD_EPOCH = 1_420_070_400_000L;

    private static final int TIMESTAMP_SHIFT = 22;

    /** The id with these 64 bits. */
    public static Snowflake of(long value) {
        return new Snowflake(value);
    }

    /**
     * Reads an id.
     *
     * @throws IllegalArgumentException unless it is a decimal number from 0 to 2^64 - 1
     */
    public static Snowflake parse(String text) {
        Snowflake id = fromJson(text);
        if (id == null) {
            throw new IllegalArgumentException("an id is a decimal number from 0 to 2^64 - 1, was \"" + text + "\"");
        }
        return id;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Snowflake fromJson(String text) {
        try {
            return new Snowflake(Long.parseUnsignedLong(text));
        } catch (NumberFormatException notAnId) {
            return null;
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Snowflake fromJson(long number) {
        return new Snowflake(number);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Snowflake fromJson(@Nullable BigInteger number) {
        return number == null || number.signum() < 0 || number.bitLength() > Long.SIZE
                ? null
                : new Snowflake(number.longValue());
    }

    /** When it was created, to the millisecond. */
    public Instant timestamp() {
        return Instant.ofEpochMilli((value >>> TIMESTAMP_SHIFT) + DISCORD_EPOCH);
    }

    @Override
    public int compareTo(Snowflake other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** The decimal number, as Discord writes it. */
    @Override
    @JsonValue
    public String toString() {
        return Long.toUnsignedString(value);
    }
}
