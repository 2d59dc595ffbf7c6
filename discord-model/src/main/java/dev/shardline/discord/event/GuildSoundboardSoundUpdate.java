package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.SoundboardSound;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A sound was changed. See Discord Docs/Gateway Events, GUILD_SOUNDBOARD_SOUND_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record GuildSoundboardSoundUpdate(@JsonValue SoundboardSound sound) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_SOUNDBOARD_SOUND_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildSoundboardSoundUpdate {
        Objects.requireNonNull(sound, "sound");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return sound.guildId();
    }
}
