package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record VideoQualityMode(@JsonValue int value) {
    /** Discord chooses the quality for optimal performance */
    public static final VideoQualityMode AUTO = new VideoQualityMode(1);

    /** 720p */
    public static final VideoQualityMode FULL = new VideoQualityMode(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable VideoQualityMode fromJson(long number) {
        return number == (int) number ? new VideoQualityMode((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable VideoQualityMode fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new VideoQualityMode(number);
    }
}
