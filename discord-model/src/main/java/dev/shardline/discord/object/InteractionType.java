package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record InteractionType(@JsonValue int value) {
    /** Sent by Discord to validate your application's interaction handler */
    public static final InteractionType PING = new InteractionType(1);

    /** Sent when a user uses an application command */
    public static final InteractionType APPLICATION_COMMAND = new InteractionType(2);

    /** Sent when a user interacts with a message component previously sent by your application */
    public static final InteractionType MESSAGE_COMPONENT = new InteractionType(3);

    /** Sent when a user is filling in an autocomplete option in a chat command */
    public static final InteractionType APPLICATION_COMMAND_AUTOCOMPLETE = new InteractionType(4);

    /** Sent when a user submits a modal previously sent by your application */
    public static final InteractionType MODAL_SUBMIT = new InteractionType(5);

    /** Sent when Discord is checking if a user can purchase a Social Layer SKU */
    public static final InteractionType SOCIAL_LAYER_SKU_PURCHASE_ELIGIBILITY = new InteractionType(6);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InteractionType fromJson(long number) {
        return number == (int) number ? new InteractionType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable InteractionType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new InteractionType(number);
    }
}
