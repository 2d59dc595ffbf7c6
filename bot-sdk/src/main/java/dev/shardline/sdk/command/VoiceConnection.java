package dev.shardline.sdk.command;

import dev.shardline.contract.command.RawJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Both halves of a voice connection. See Discord Docs/Voice Connections.
 *
 * @param state the {@code d} of the bot's own VOICE_STATE_UPDATE
 * @param server the {@code d} of VOICE_SERVER_UPDATE; null when Discord sent none because the bot was connected in this
 *     guild before and the server has not changed
 */
public record VoiceConnection(JsonNode state, @Nullable JsonNode server) {
    static VoiceConnection of(RawJson result) {
        JsonNode both = result.tree();
        JsonNode server = both.path("server");
        return new VoiceConnection(both.path("state"), server.isObject() ? server : null);
    }

    /** What the voice socket identifies with. */
    public String sessionId() {
        return state.path("session_id").asString("");
    }

    /** The channel that the bot is in. */
    public String channelId() {
        return state.path("channel_id").asString("");
    }

    /** The voice server's token; null without a server. */
    public @Nullable String token() {
        return server == null ? null : server.path("token").asString("");
    }

    /** The voice server's host and port; null without a server. */
    public @Nullable String endpoint() {
        return server == null ? null : server.path("endpoint").asString("");
    }
}
