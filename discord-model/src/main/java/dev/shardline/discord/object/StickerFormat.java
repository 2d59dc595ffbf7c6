package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record StickerFormat(@JsonValue int value) {
    public static final StickerFormat PNG = new StickerFormat(1);
    public static final StickerFormat APNG = new StickerFormat(2);
    public static final StickerFormat LOTTIE = new StickerFormat(3);
    public static final StickerFormat GIF = new StickerFormat(4);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StickerFormat fromJson(long number) {
        return number == (int) number ? new StickerFormat((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StickerFormat fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new StickerFormat(number);
    }
}
