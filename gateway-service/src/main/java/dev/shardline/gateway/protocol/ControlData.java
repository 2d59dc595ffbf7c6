package dev.shardline.gateway.protocol;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The two {@code d} that the gateway itself has to understand. Parsed once per connection or session. */
public final class ControlData {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ControlData() {}

    /**
     * What READY says about the session. See Discord Docs/Gateway Events#ready.
     *
     * @param session the session's id
     * @param resumeUrl where to resume it, without query; empty when Discord named none
     * @param application the application's id, empty when absent
     * @param user the bot user's id, empty when absent
     * @param guilds the ids of the guilds that the shard will stream
     */
    public record Ready(String session, String resumeUrl, String application, String user, List<String> guilds) {
        /** Copies the list. */
        public Ready {
            guilds = List.copyOf(guilds);
        }
    }

    /**
     * Reads the {@code d} of READY.
     *
     * @throws MalformedPayloadException when it has no session id
     */
    public static Ready ready(byte[] data) throws MalformedPayloadException {
        JsonNode node = parse(data, 0, data.length);
        String session = node.path("session_id").asString("");
        if (session.isEmpty()) {
            throw new MalformedPayloadException("READY has no session_id");
        }
        List<String> guilds = new ArrayList<>();
        for (JsonNode guild : node.path("guilds")) {
            guilds.add(guild.path("id").asString(""));
        }
        return new Ready(
                session,
                node.path("resume_gateway_url").asString(""),
                node.path("application").path("id").asString(""),
                node.path("user").path("id").asString(""),
                guilds);
    }

    /**
     * Reads the heartbeat interval of HELLO, in milliseconds.
     *
     * @throws MalformedPayloadException when there is none
     */
    public static long heartbeatInterval(byte[] payload, int from, int to) throws MalformedPayloadException {
        long interval = parse(payload, from, to).path("heartbeat_interval").asLong(0);
        if (interval <= 0) {
            throw new MalformedPayloadException("HELLO has no heartbeat_interval");
        }
        return interval;
    }

    private static JsonNode parse(byte[] bytes, int from, int to) throws MalformedPayloadException {
        try {
            return JSON.readTree(bytes, from, to - from);
        } catch (JacksonException e) {
            throw new MalformedPayloadException("malformed payload: " + e.getOriginalMessage(), e);
        }
    }
}
