package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record StickerType(@JsonValue int value) {
    /** an official sticker in a pack, part of Nitro or in a removed purchasable pack */
    public static final StickerType STANDARD = new StickerType(1);

    /** a sticker uploaded to a guild for the guild's members */
    public static final StickerType GUILD = new StickerType(2);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StickerType fromJson(long number) {
        return number == (int) number ? new StickerType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable StickerType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new StickerType(number);
    }
}
