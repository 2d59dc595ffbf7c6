package dev.shardline.gateway.command;

import dev.shardline.contract.command.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must be known of one GUILD_MEMBERS_CHUNK to pass it on. The members themselves are not looked at.
 *
 * @param data the whole {@code d}
 * @param nonce ours, or null
 * @param index zero-based
 * @param count how many chunks answer the request
 */
@SuppressWarnings("ArrayRecordComponent") // a chunk is never compared
record MembersChunk(byte[] data, @Nullable String nonce, int index, int count) {
    /** Brokers take 16 MiB and more; a chunk of 1,000 members with many activities can come near it. */
    static final int MOST_PART_BYTES = 4 << 20;

    private static final JsonMapper JSON = new JsonMapper();

    static MembersChunk read(byte[] data) {
        String nonce = null;
        int index = 0;
        int count = 1;
        try (JsonParser parser = JSON.createParser(data)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    switch (name) {
                        case "nonce" -> nonce = value == JsonToken.VALUE_STRING ? parser.getString() : null;
                        case "chunk_index" -> index = parser.getIntValue();
                        case "chunk_count" -> count = parser.getIntValue();
                        default -> parser.skipChildren();
                    }
                }
            }
        }
        return new MembersChunk(data, nonce, index, count);
    }

    boolean isLast() {
        return index >= count - 1;
    }

    /** The chunk as it came, or in pieces of the same shape when it is too big for one message. */
    List<RawJson> parts() {
        if (data.length <= MOST_PART_BYTES) {
            return List.of(RawJson.of(data));
        }
        ObjectNode whole = (ObjectNode) RawJson.of(data).tree();
        int pieces = data.length / MOST_PART_BYTES + 1;
        List<RawJson> parts = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            ObjectNode part = whole.deepCopy();
            for (String list : List.of("members", "presences", "not_found")) {
                if (part.get(list) instanceof ArrayNode all) {
                    ArrayNode some = part.putArray(list);
                    for (int i = piece * all.size() / pieces; i < (piece + 1) * all.size() / pieces; i++) {
                        some.add(all.get(i));
                    }
                }
            }
            parts.add(RawJson.of(part));
        }
        return parts;
    }
}
