package dev.shardline.gateway.protocol;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what is sent to Discord. See Discord Docs/Gateway Events#send-events. */
public final class Payloads {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Payloads() {}

    /**
     * Begins a session (op 2).
     *
     * @param properties {@code os}, {@code browser} and {@code device}
     * @param presence a payload of op 3, null to leave it to Discord
     * @param largeThreshold 50 to 250: the member count from which a guild comes without its offline members
     */
    public static Payload identify(
            Token token,
            int shard,
            int shards,
            long intents,
            Map<String, String> properties,
            int largeThreshold,
            boolean compress,
            @Nullable Payload presence) {
        ObjectNode data = JSON.createObjectNode();
        data.put("token", token.bare());
        data.put("intents", intents);
        ObjectNode about = data.putObject("properties");
        properties.forEach(about::put);
        data.putArray("shard").add(shard).add(shards);
        data.put("large_threshold", largeThreshold);
        data.put("compress", compress);
        if (presence != null) {
            data.set("presence", JSON.readTree(presence.json()).path("d"));
        }
        return payload(Opcode.IDENTIFY, data);
    }

    /** Takes a session up again after {@code sequence} (op 6). */
    public static Payload resume(Token token, String session, long sequence) {
        ObjectNode data = JSON.createObjectNode();
        data.put("token", token.bare());
        data.put("session_id", session);
        data.put("seq", sequence);
        return payload(Opcode.RESUME, data);
    }

    /** A heartbeat (op 1). {@code sequence} is 0 before anything was handled, and goes out as null then. */
    public static Payload heartbeat(long sequence) {
        return new Payload(Opcode.HEARTBEAT, "{\"op\":1,\"d\":" + (sequence > 0 ? sequence : "null") + "}");
    }

    /** Sets status and activities (op 3). */
    public static Payload presence(Presence presence) {
        return payload(Opcode.PRESENCE_UPDATE, node(presence));
    }

    /** Joins, moves or, with a null channel, leaves (op 4). */
    public static Payload voiceState(String guild, @Nullable String channel, boolean selfMute, boolean selfDeaf) {
        ObjectNode data = JSON.createObjectNode();
        data.put("guild_id", guild);
        data.put("channel_id", channel);
        data.put("self_mute", selfMute);
        data.put("self_deaf", selfDeaf);
        return payload(Opcode.VOICE_STATE_UPDATE, data);
    }

    /**
     * Asks for members by the beginning of their name (op 8).
     *
     * @param query empty with {@code limit} 0 for everybody
     * @param nonce comes back in each chunk; at most 32 bytes
     */
    public static Payload requestMembers(
            String guild, String query, int limit, boolean presences, @Nullable String nonce) {
        ObjectNode data = JSON.createObjectNode();
        data.put("guild_id", guild);
        data.put("query", query);
        data.put("limit", limit);
        return members(data, presences, nonce);
    }

    /** Asks for up to 100 members by their ids (op 8). */
    public static Payload requestMembers(
            String guild, Collection<String> users, boolean presences, @Nullable String nonce) {
        ObjectNode data = JSON.createObjectNode();
        data.put("guild_id", guild);
        ArrayNode ids = data.putArray("user_ids");
        users.forEach(ids::add);
        return members(data, presences, nonce);
    }

    /** Asks for the soundboard sounds of guilds (op 31). */
    public static Payload requestSoundboardSounds(Collection<String> guilds) {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode ids = data.putArray("guild_ids");
        guilds.forEach(ids::add);
        return payload(Opcode.REQUEST_SOUNDBOARD_SOUNDS, data);
    }

    /** Asks for what is only known of voice channels at a moment (op 43): {@code status}, {@code voice_start_time}. */
    public static Payload requestChannelInfo(String guild, Collection<String> fields) {
        ObjectNode data = JSON.createObjectNode();
        data.put("guild_id", guild);
        ArrayNode names = data.putArray("fields");
        fields.forEach(names::add);
        return payload(Opcode.REQUEST_CHANNEL_INFO, data);
    }

    /**
     * A payload that somebody else wrote. An opcode that this version does not know is queued with the requests.
     *
     * @throws IllegalArgumentException when it is no object with an {@code op}, or one that only the gateway itself may
     *     send (heartbeat, identify, resume)
     */
    public static Payload raw(String json) {
        JsonNode node;
        try {
            node = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("a raw payload must be JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode op = node.path("op");
        if (!node.isObject() || !op.isIntegralNumber() || !op.canConvertToInt()) {
            throw new IllegalArgumentException("a raw payload needs an op that bots may send, was " + op);
        }
        Opcode opcode = Opcode.of(op.intValue());
        if (opcode == null) {
            // Only how urgent it is follows from the opcode; what is sent is the text.
            return new Payload(Opcode.REQUEST_CHANNEL_INFO, json);
        }
        return switch (opcode) {
            case PRESENCE_UPDATE,
                    VOICE_STATE_UPDATE,
                    REQUEST_GUILD_MEMBERS,
                    REQUEST_SOUNDBOARD_SOUNDS,
                    REQUEST_CHANNEL_INFO -> new Payload(opcode, json);
            case HEARTBEAT, IDENTIFY, RESUME, DISPATCH, RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK ->
                throw new IllegalArgumentException(
                        "op " + opcode.code() + " (" + opcode + ") is the gateway's own and cannot be sent raw");
        };
    }

    private static Payload members(ObjectNode data, boolean presences, @Nullable String nonce) {
        data.put("presences", presences);
        if (nonce != null) {
            data.put("nonce", nonce);
        }
        return payload(Opcode.REQUEST_GUILD_MEMBERS, data);
    }

    private static ObjectNode node(Presence presence) {
        ObjectNode data = JSON.createObjectNode();
        data.put("since", presence.since());
        ArrayNode activities = data.putArray("activities");
        for (Presence.Activity activity : presence.activities()) {
            ObjectNode one = activities.addObject();
            one.put("name", activity.name());
            one.put("type", activity.type());
            if (activity.state() != null) {
                one.put("state", activity.state());
            }
            if (activity.url() != null) {
                one.put("url", activity.url());
            }
        }
        data.put("status", presence.status());
        data.put("afk", presence.afk());
        return data;
    }

    private static Payload payload(Opcode opcode, ObjectNode data) {
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("op", opcode.code());
        envelope.set("d", data);
        return new Payload(opcode, envelope.toString());
    }
}
