package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.SoundboardSound;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Several sounds were changed. See Discord Docs/Gateway Events, GUILD_SOUNDBOARD_SOUNDS_UPDATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildSoundboardSoundsUpdate(
        @JsonProperty("soundboard_sounds") @Nullable List<SoundboardSound> soundboardSounds,
        @JsonProperty("guild_id") @Nullable Snowflake guildId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_SOUNDBOARD_SOUNDS_UPDATE";

    public GuildSoundboardSoundsUpdate {
        soundboardSounds = Lenient.present(soundboardSounds);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
