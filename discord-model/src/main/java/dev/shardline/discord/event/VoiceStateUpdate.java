package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.VoiceState;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A user joined, moved in or left a voice channel, or muted itself. See Discord Docs/Gateway Events,
 * VOICE_STATE_UPDATE.
 */
@Generated("dev.shardline.discord.generator")
public record VoiceStateUpdate(@JsonValue VoiceState voiceState) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "VOICE_STATE_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VoiceStateUpdate {
        Objects.requireNonNull(voiceState, "voiceState");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return voiceState.guildId();
    }
}
