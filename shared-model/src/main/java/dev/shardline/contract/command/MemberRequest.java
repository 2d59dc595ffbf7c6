package dev.shardline.contract.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which members of a guild are wanted: op 8. See Discord Docs/Gateway Events#request-guild-members.
 *
 * @param query what user names begin with; empty with {@code limit} 0 for everybody; null when {@code userIds} are given
 * @param limit how many at most; 1 to 100 with a query, 0 or more with an empty one, 0 with user ids
 * @param userIds 1 to 100 users; empty when a query is given
 * @param presences whether presences are wanted too; needs the intent GUILD_PRESENCES
 */
public record MemberRequest(@Nullable String query, int limit, List<String> userIds, boolean presences) {
    /** Discord's limit for ids in one request, and for results of a non-empty query. */
    public static final int MOST = 100;

    /** Checks that it is one question and not two. */
    public MemberRequest {
        userIds = List.copyOf(userIds);
        if ((query == null) == userIds.isEmpty()) {
            throw new InvalidCommandException("payload must have either query or user_ids, had "
                    + (query == null ? "neither" : "both") + ": for everybody send query \"\" and limit 0");
        }
        if (userIds.size() > MOST) {
            throw new InvalidCommandException("payload.user_ids must be at most " + MOST + ", were " + userIds.size()
                    + ": send several commands");
        }
        if (query != null && !query.isEmpty() && (limit < 1 || limit > MOST)) {
            throw new InvalidCommandException("payload.limit must be 1 to " + MOST + " with a query, was " + limit);
        }
        if (limit < 0) {
            throw new InvalidCommandException("payload.limit must be 0 or more, was " + limit);
        }
    }

    /** Everybody. Needs the intent GUILD_MEMBERS; Discord allows it once per guild and 30 seconds. */
    public static MemberRequest everybody() {
        return new MemberRequest("", 0, List.of(), false);
    }

    /** Members whose user name begins with {@code query}. */
    public static MemberRequest startingWith(String query, int limit) {
        return new MemberRequest(query, limit, List.of(), false);
    }

    /** These users, as far as they are members. */
    public static MemberRequest users(List<String> userIds) {
        return new MemberRequest(null, 0, userIds, false);
    }

    /** The same members with their presences. */
    public MemberRequest withPresences() {
        return new MemberRequest(query, limit, userIds, true);
    }

    /** Whether the answer is the whole guild, which Discord limits. */
    public boolean wantsEverybody() {
        return query != null && query.isEmpty() && limit == 0;
    }

    /**
     * Reads the payload of a command, strictly.
     *
     * @throws InvalidCommandException naming the field at fault
     */
    public static MemberRequest parse(JsonNode node) {
        PayloadReader reader = PayloadReader.of(node, "payload");
        String query = reader.optionalTextOrEmpty("query", 100).orElse(null);
        int limit = query == null
                ? reader.optionalNumber("limit", 0, Integer.MAX_VALUE)
                        .orElse(0L)
                        .intValue()
                : reader.integer("limit", 0, Integer.MAX_VALUE);
        MemberRequest request =
                new MemberRequest(query, limit, reader.optionalIds("user_ids", MOST), reader.flag("presences", false));
        reader.end();
        return request;
    }

    /** The payload of a command; also Discord's form but for guild and nonce. */
    public ObjectNode toJson() {
        ObjectNode node = CommandCodec.object();
        if (query != null) {
            node.put("query", query);
            node.put("limit", limit);
        } else {
            userIds.forEach(node.putArray("user_ids")::add);
        }
        if (presences) {
            node.put("presences", true);
        }
        return node;
    }
}
