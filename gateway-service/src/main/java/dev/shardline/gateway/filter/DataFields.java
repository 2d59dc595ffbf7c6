package dev.shardline.gateway.filter;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** Reads single top-level fields of a {@code d} and passes over the rest. Stateless. */
final class DataFields {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DataFields() {}

    /** The text of a field, null when it is absent or no text. */
    static @Nullable String text(byte[] data, String field) {
        try (JsonParser parser = JSON.createParser(data)) {
            return find(parser, field) == JsonToken.VALUE_STRING ? parser.getString() : null;
        }
    }

    /** Whether a field is there and true. */
    static boolean isTrue(byte[] data, String field) {
        try (JsonParser parser = JSON.createParser(data)) {
            return find(parser, field) == JsonToken.VALUE_TRUE;
        }
    }

    /** Whether a MESSAGE_UPDATE tells of an edit, or of something else that a bot may wait for. */
    static boolean tellsMore(byte[] message) {
        try (JsonParser parser = JSON.createParser(message)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                boolean present = parser.nextToken() != JsonToken.VALUE_NULL;
                if (present) {
                    switch (name) {
                        case "edited_timestamp", "poll", "interaction_metadata", "interaction" -> {
                            return true;
                        }
                        default -> parser.skipChildren();
                    }
                }
            }
            return false;
        }
    }

    /** The ids of the guilds in READY. */
    static long[] guildsOf(byte[] ready) {
        try (JsonParser parser = JSON.createParser(ready)) {
            if (find(parser, "guilds") != JsonToken.START_ARRAY) {
                return new long[0];
            }
            long[] ids = new long[64];
            int count = 0;
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("id")) {
                        if (count == ids.length) {
                            ids = Arrays.copyOf(ids, count * 2);
                        }
                        ids[count++] = Long.parseUnsignedLong(parser.getString());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            return Arrays.copyOf(ids, count);
        }
    }

    /** Moves to the value of a top-level field; null when there is none. */
    private static @Nullable JsonToken find(JsonParser parser, String field) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = parser.currentName().equals(field);
            JsonToken value = parser.nextToken();
            if (found) {
                return value;
            }
            parser.skipChildren();
        }
        return null;
    }
}
