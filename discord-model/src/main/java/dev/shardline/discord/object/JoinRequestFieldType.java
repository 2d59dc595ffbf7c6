package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record JoinRequestFieldType(@JsonValue String value) {
    /** Field requiring applicant to acknowledge list of terms */
    public static final JoinRequestFieldType TERMS = new JoinRequestFieldType("TERMS");

    /** Short text input field */
    public static final JoinRequestFieldType TEXT_INPUT = new JoinRequestFieldType("TEXT_INPUT");

    /** Long-form text input field */
    public static final JoinRequestFieldType PARAGRAPH = new JoinRequestFieldType("PARAGRAPH");

    /** Field where applicant selects one of many options */
    public static final JoinRequestFieldType MULTIPLE_CHOICE = new JoinRequestFieldType("MULTIPLE_CHOICE");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public JoinRequestFieldType {
        Objects.requireNonNull(value, "value");
    }
}
