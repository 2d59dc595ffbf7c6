package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** How an emoji effect moves. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record VoiceEffectAnimation(@JsonValue int value) {
    public static final VoiceEffectAnimation PREMIUM = new VoiceEffectAnimation(0);
    public static final VoiceEffectAnimation BASIC = new VoiceEffectAnimation(1);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable VoiceEffectAnimation fromJson(long number) {
        return number == (int) number ? new VoiceEffectAnimation((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable VoiceEffectAnimation fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new VoiceEffectAnimation(number);
    }
}
