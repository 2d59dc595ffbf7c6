package dev.shardline.sdk.command;

import dev.shardline.contract.command.RawJson;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The members that were asked for, all chunks together.
 *
 * @param members guild member objects, in Discord's order
 * @param presences presence objects, when asked for
 * @param notFound the user ids that are no members
 */
public record Members(List<JsonNode> members, List<JsonNode> presences, List<String> notFound) {
    /** Copies the lists. */
    public Members {
        members = List.copyOf(members);
        presences = List.copyOf(presences);
        notFound = List.copyOf(notFound);
    }

    static Members of(List<RawJson> chunks) {
        List<JsonNode> members = new ArrayList<>();
        List<JsonNode> presences = new ArrayList<>();
        List<String> notFound = new ArrayList<>();
        for (RawJson chunk : chunks) {
            JsonNode d = chunk.tree();
            d.path("members").forEach(members::add);
            d.path("presences").forEach(presences::add);
            // Discord sends ids that are none back as numbers.
            d.path("not_found").forEach(id -> notFound.add(id.asString()));
        }
        return new Members(members, presences, notFound);
    }
}
