package dev.shardline.simulator.gateway;

import dev.shardline.simulator.net.Ticks;
import dev.shardline.simulator.world.Payloads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers op 3, 4, 8, 31 and 43. See Discord Docs/Gateway Events, "Send Events". Reactor's thread only. */
final class Commands {
    private static final int CHUNK = 1000;
    private static final long FIRST_MEMBER = 700_000_000_000_000_000L;

    private final Gateway gateway;
    private final Map<String, Long> lastRequestForAll = new HashMap<>();
    private final Map<String, String> presences = new HashMap<>();
    private final ObjectNode memberModel;

    Commands(Gateway gateway) {
        this.gateway = gateway;
        this.memberModel = (ObjectNode)
                Payloads.tree("GUILD_MEMBERS_CHUNK").path("members").get(0);
    }

    /** The last presence that each session set, as JSON text by session id. */
    Map<String, String> presences() {
        return presences;
    }

    void presence(GatewaySession session, JsonNode d) {
        presences.put(session.id(), d.toString());
    }

    void handle(int op, GatewaySession session, JsonNode d) {
        switch (op) {
            case 4 -> voiceState(session, d);
            case 8 -> requestMembers(session, d);
            case 31 -> {
                for (JsonNode guild : d.path("guild_ids")) {
                    String id = guild.asString();
                    if (member(id)) {
                        reply(session, "SOUNDBOARD_SOUNDS", id, Payloads.text("SOUNDBOARD_SOUNDS", id));
                    }
                }
            }
            case 43 -> {
                String id = d.path("guild_id").asString("");
                if (member(id)) {
                    reply(session, "CHANNEL_INFO", id, Payloads.text("CHANNEL_INFO", id));
                }
            }
            default -> throw new IllegalArgumentException("op " + op + " is no command");
        }
    }

    /** Only the asking session gets the reply. */
    private void reply(GatewaySession session, String type, String guildId, String d) {
        gateway.toSession(session, type, Long.parseUnsignedLong(guildId), d.getBytes(StandardCharsets.UTF_8));
    }

    private boolean member(String guildId) {
        return guildId.matches("\\d{1,20}") && gateway.world().contains(Long.parseUnsignedLong(guildId));
    }

    private void voiceState(GatewaySession session, JsonNode d) {
        String guildId = d.path("guild_id").asString("");
        if (!member(guildId)) {
            return;
        }
        ObjectNode state =
                (ObjectNode) Gateway.JSON.readTree(Payloads.text("variants/VOICE_STATE_UPDATE.self", guildId));
        JsonNode channel = d.path("channel_id");
        state.put("session_id", session.id());
        state.put("self_mute", d.path("self_mute").asBoolean(false));
        state.put("self_deaf", d.path("self_deaf").asBoolean(false));
        boolean leaves = channel.isNull() || channel.isMissingNode();
        if (leaves) {
            state.putNull("channel_id");
        } else {
            state.put("channel_id", channel.asString());
        }
        gateway.toGuild("VOICE_STATE_UPDATE", Long.parseUnsignedLong(guildId), Gateway.JSON.writeValueAsBytes(state));
        if (!leaves) {
            reply(session, "VOICE_SERVER_UPDATE", guildId, Payloads.text("VOICE_SERVER_UPDATE", guildId));
        }
    }

    private void requestMembers(GatewaySession session, JsonNode d) {
        JsonNode guild = d.path("guild_id");
        String guildId = (guild.isArray() ? guild.path(0) : guild).asString("");
        if (!member(guildId)) {
            return;
        }
        String nonce = d.path("nonce").isString() ? d.path("nonce").asString() : null;
        if (nonce != null && nonce.getBytes(StandardCharsets.UTF_8).length > 32) {
            nonce = null;
        }
        boolean byIds = d.has("user_ids");
        String query = d.path("query").asString("");
        int limit = d.path("limit").asInt(0);
        if (!byIds && query.isEmpty() && limit == 0) {
            if ((session.intents() & Intents.GUILD_MEMBERS) == 0) {
                return;
            }
            if (limited(session, guildId, nonce)) {
                return;
            }
        }
        List<JsonNode> members = new ArrayList<>();
        ArrayNode notFound = Gateway.JSON.createArrayNode();
        if (byIds) {
            find(d.path("user_ids"), members, notFound);
        } else {
            int most = query.isEmpty() && limit == 0 ? Integer.MAX_VALUE : Math.min(100, Math.max(1, limit));
            for (int i = 0; i < gateway.settings().membersPerGuild() && members.size() < most; i++) {
                if (name(i).startsWith(query)) {
                    members.add(memberAt(i));
                }
            }
        }
        boolean presences = d.path("presences").asBoolean(false) && (session.intents() & Intents.GUILD_PRESENCES) != 0;
        int count = Math.max(1, (members.size() + CHUNK - 1) / CHUNK);
        sendChunk(session, guildId, members, notFound, nonce, presences, 0, count);
    }

    /** One chunk per turn of the loop, so that other dispatches come in between. */
    private void sendChunk(
            GatewaySession session,
            String guildId,
            List<JsonNode> members,
            ArrayNode notFound,
            @Nullable String nonce,
            boolean presences,
            int index,
            int count) {
        if (!session.alive()) {
            return;
        }
        ObjectNode chunk = Gateway.JSON.createObjectNode();
        if (presences) {
            chunk.putArray("presences");
        }
        if (!notFound.isEmpty()) {
            chunk.set("not_found", notFound);
        }
        if (nonce != null) {
            chunk.put("nonce", nonce);
        }
        ArrayNode part = chunk.putArray("members");
        members.subList(index * CHUNK, Math.min(members.size(), (index + 1) * CHUNK))
                .forEach(part::add);
        chunk.put("guild_id", guildId);
        chunk.put("chunk_index", index);
        chunk.put("chunk_count", count);
        reply(session, "GUILD_MEMBERS_CHUNK", guildId, chunk.toString());
        if (index + 1 < count) {
            gateway.reactor()
                    .after(
                            Duration.ofMillis(2),
                            () -> sendChunk(session, guildId, members, notFound, nonce, presences, index + 1, count));
        }
    }

    private boolean limited(GatewaySession session, String guildId, @Nullable String nonce) {
        String key = gateway.settings().memberRequestPerSession() ? session.id() + "/" + guildId : guildId;
        long now = Ticks.now();
        long window = gateway.settings().memberRequestWindow().toNanos();
        Long last = lastRequestForAll.get(key);
        if (last == null || now - last >= window) {
            lastRequestForAll.put(key, now);
            return false;
        }
        ObjectNode d = Gateway.JSON.createObjectNode();
        d.put(
                "retry_after",
                (window - (now - last)) / 1e9 + gateway.retryAfterSkew().toMillis() / 1e3);
        d.put("opcode", 8);
        ObjectNode meta = d.putObject("meta");
        if (nonce != null) {
            meta.put("nonce", nonce);
        }
        meta.put("guild_id", guildId);
        reply(session, "RATE_LIMITED", guildId, d.toString());
        return true;
    }

    private void find(JsonNode userIds, List<JsonNode> members, ArrayNode notFound) {
        List<JsonNode> wanted = new ArrayList<>();
        if (userIds.isArray()) {
            userIds.forEach(wanted::add);
        } else {
            wanted.add(userIds);
        }
        for (JsonNode id : wanted) {
            String text = id.asString("");
            long index = text.matches("\\d{1,19}") ? Long.parseLong(text) - FIRST_MEMBER : -1;
            if (index >= 0 && index < gateway.settings().membersPerGuild()) {
                members.add(memberAt((int) index));
            } else if (text.matches("\\d{1,15}")) {
                // Seen in practice: short ids come back as integers.
                notFound.add(Long.parseLong(text));
            } else {
                notFound.add(text);
            }
        }
    }

    private static String name(int index) {
        return "member" + index;
    }

    private JsonNode memberAt(int index) {
        ObjectNode member = memberModel.deepCopy();
        ObjectNode user = (ObjectNode) member.get("user");
        user.put("id", Long.toString(FIRST_MEMBER + index));
        user.put("username", name(index));
        return member;
    }
}
