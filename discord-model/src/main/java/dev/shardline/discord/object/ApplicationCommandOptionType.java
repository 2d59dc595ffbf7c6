package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ApplicationCommandOptionType(@JsonValue int value) {
    /** A sub-action within a command or group */
    public static final ApplicationCommandOptionType SUB_COMMAND = new ApplicationCommandOptionType(1);

    /** A group of subcommands */
    public static final ApplicationCommandOptionType SUB_COMMAND_GROUP = new ApplicationCommandOptionType(2);

    /** A string option */
    public static final ApplicationCommandOptionType STRING = new ApplicationCommandOptionType(3);

    /** An integer option. Any integer between -2^53 and 2^53 is a valid value */
    public static final ApplicationCommandOptionType INTEGER = new ApplicationCommandOptionType(4);

    /** A boolean option */
    public static final ApplicationCommandOptionType BOOLEAN = new ApplicationCommandOptionType(5);

    /** A snowflake option that represents a User */
    public static final ApplicationCommandOptionType USER = new ApplicationCommandOptionType(6);

    /** A snowflake option that represents a Channel. Includes all channel types and categories */
    public static final ApplicationCommandOptionType CHANNEL = new ApplicationCommandOptionType(7);

    /** A snowflake option that represents a Role */
    public static final ApplicationCommandOptionType ROLE = new ApplicationCommandOptionType(8);

    /** A snowflake option that represents anything you can mention */
    public static final ApplicationCommandOptionType MENTIONABLE = new ApplicationCommandOptionType(9);

    /** A number option. Any double between -2^53 and 2^53 is a valid value */
    public static final ApplicationCommandOptionType NUMBER = new ApplicationCommandOptionType(10);

    /** An attachment option */
    public static final ApplicationCommandOptionType ATTACHMENT = new ApplicationCommandOptionType(11);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ApplicationCommandOptionType fromJson(long number) {
        return number == (int) number ? new ApplicationCommandOptionType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ApplicationCommandOptionType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ApplicationCommandOptionType(number);
    }
}
