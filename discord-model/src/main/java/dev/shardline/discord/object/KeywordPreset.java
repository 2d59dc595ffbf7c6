package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record KeywordPreset(@JsonValue int value) {
    /** Words and phrases that may be considered profanity */
    public static final KeywordPreset PROFANITY = new KeywordPreset(1);

    /** Words and phrases that may be considered as sexual content */
    public static final KeywordPreset SEXUAL_CONTENT = new KeywordPreset(2);

    /** Words and phrases that may be considered slurs and hate speech */
    public static final KeywordPreset SLURS = new KeywordPreset(3);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable KeywordPreset fromJson(long number) {
        return number == (int) number ? new KeywordPreset((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable KeywordPreset fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new KeywordPreset(number);
    }
}
