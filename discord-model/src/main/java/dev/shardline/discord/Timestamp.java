package dev.shardline.discord;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * A time as Discord wrote it, ISO 8601 with offset. Kept as text, since most are never looked at.
 *
 * @param text such as {@code 2026-11-18T15:07:33.048000+00:00}
 */
public record Timestamp(@JsonValue String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Timestamp {
        Objects.requireNonNull(text, "text");
    }

    /**
     * The point in time.
     *
     * @throws java.time.format.DateTimeParseException if Discord wrote something else
     */
    public Instant toInstant() {
        return OffsetDateTime.parse(text).toInstant();
    }

    @Override
    public String toString() {
        return text;
    }
}
