package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ComponentType(@JsonValue int value) {
    /** Container for other components */
    public static final ComponentType ACTION_ROW = new ComponentType(1);

    /** Button object */
    public static final ComponentType BUTTON = new ComponentType(2);

    /** Select menu for picking from defined text options */
    public static final ComponentType STRING_SELECT = new ComponentType(3);

    /** Text input object */
    public static final ComponentType TEXT_INPUT = new ComponentType(4);

    /** Select menu for users */
    public static final ComponentType USER_SELECT = new ComponentType(5);

    /** Select menu for roles */
    public static final ComponentType ROLE_SELECT = new ComponentType(6);

    /** Select menu for mentionables (users and roles) */
    public static final ComponentType MENTIONABLE_SELECT = new ComponentType(7);

    /** Select menu for channels */
    public static final ComponentType CHANNEL_SELECT = new ComponentType(8);

    /** Section component */
    public static final ComponentType SECTION = new ComponentType(9);

    /** Text component */
    public static final ComponentType TEXT_DISPLAY = new ComponentType(10);

    /** Thumbnail component */
    public static final ComponentType THUMBNAIL = new ComponentType(11);

    /** Media gallery component */
    public static final ComponentType MEDIA_GALLERY = new ComponentType(12);

    /** File component */
    public static final ComponentType FILE = new ComponentType(13);

    /** Separator component */
    public static final ComponentType SEPARATOR = new ComponentType(14);

    /** Container component */
    public static final ComponentType CONTAINER = new ComponentType(17);

    /** Label component */
    public static final ComponentType LABEL = new ComponentType(18);

    /** File upload component */
    public static final ComponentType FILE_UPLOAD = new ComponentType(19);

    /** Radio group component */
    public static final ComponentType RADIO_GROUP = new ComponentType(21);

    /** Checkbox group component */
    public static final ComponentType CHECKBOX_GROUP = new ComponentType(22);

    /** Checkbox component */
    public static final ComponentType CHECKBOX = new ComponentType(23);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ComponentType fromJson(long number) {
        return number == (int) number ? new ComponentType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ComponentType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ComponentType(number);
    }
}
