package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record NameplatePalette(@JsonValue String value) {
    /** Crimson color palette */
    public static final NameplatePalette CRIMSON = new NameplatePalette("crimson");

    /** Berry color palette */
    public static final NameplatePalette BERRY = new NameplatePalette("berry");

    /** Sky color palette */
    public static final NameplatePalette SKY = new NameplatePalette("sky");

    /** Teal color palette */
    public static final NameplatePalette TEAL = new NameplatePalette("teal");

    /** Forest color palette */
    public static final NameplatePalette FOREST = new NameplatePalette("forest");

    /** Bubble gum color palette */
    public static final NameplatePalette BUBBLE_GUM = new NameplatePalette("bubble_gum");

    /** Violet color palette */
    public static final NameplatePalette VIOLET = new NameplatePalette("violet");

    /** Cobalt color palette */
    public static final NameplatePalette COBALT = new NameplatePalette("cobalt");

    /** Clover color palette */
    public static final NameplatePalette CLOVER = new NameplatePalette("clover");

    /** Lemon color palette */
    public static final NameplatePalette LEMON = new NameplatePalette("lemon");

    /** White color palette */
    public static final NameplatePalette WHITE = new NameplatePalette("white");

    /** Black color palette */
    public static final NameplatePalette BLACK = new NameplatePalette("black");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NameplatePalette {
        Objects.requireNonNull(value, "value");
    }
}
