package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A sound was deleted. See Discord Docs/Gateway Events, GUILD_SOUNDBOARD_SOUND_DELETE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildSoundboardSoundDelete(
        @JsonProperty("sound_id") @Nullable Snowflake soundId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_SOUNDBOARD_SOUND_DELETE";

    @Override
    public String eventName() {
        return NAME;
    }
}
