package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ChannelType(@JsonValue int value) {
    /** A direct message between users */
    public static final ChannelType DM = new ChannelType(1);

    /** A direct message between multiple users */
    public static final ChannelType GROUP_DM = new ChannelType(3);

    /** A text channel within a server */
    public static final ChannelType GUILD_TEXT = new ChannelType(0);

    /** A voice channel within a server */
    public static final ChannelType GUILD_VOICE = new ChannelType(2);

    /** An organizational category that contains up to 50 channels */
    public static final ChannelType GUILD_CATEGORY = new ChannelType(4);

    /** A channel that users can follow and crosspost into their own server (formerly news channels) */
    public static final ChannelType GUILD_ANNOUNCEMENT = new ChannelType(5);

    /** A temporary sub-channel within a GUILD_ANNOUNCEMENT channel */
    public static final ChannelType ANNOUNCEMENT_THREAD = new ChannelType(10);

    /** A temporary sub-channel within a GUILD_TEXT or GUILD_THREADS_ONLY channel type set */
    public static final ChannelType PUBLIC_THREAD = new ChannelType(11);

    /**
     * A temporary sub-channel within a GUILD_TEXT channel that is only viewable by those invited and those with the
     * MANAGE_THREADS permission
     */
    public static final ChannelType PRIVATE_THREAD = new ChannelType(12);

    /** A voice channel for hosting events with an audience */
    public static final ChannelType GUILD_STAGE_VOICE = new ChannelType(13);

    /** The channel in a hub containing the listed servers */
    public static final ChannelType GUILD_DIRECTORY = new ChannelType(14);

    /** Channel that can only contain threads */
    public static final ChannelType GUILD_FORUM = new ChannelType(15);

    public static final ChannelType GUILD_MEDIA = new ChannelType(16);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ChannelType fromJson(long number) {
        return number == (int) number ? new ChannelType((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable ChannelType fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new ChannelType(number);
    }
}
