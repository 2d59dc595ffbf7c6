package dev.shardline.gateway.filter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes fields out of a JSON object and leaves every other byte as it was.
 *
 * <p>Works on text that is well formed: the shard has checked what Discord sent. What a transformer made of it is its
 * own affair; if it is no JSON it is passed on as it is or ends in an exception, never in a loop. Immutable; safe for use
 * by many threads.
 */
final class FieldTrim {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Step root;

    FieldTrim(Collection<String> paths) {
        root = new Step();
        for (String path : paths) {
            Step at = root;
            for (String name : path.split("\\.", -1)) {
                at = at.next.computeIfAbsent(name, missing -> new Step());
            }
            at.remove = true;
        }
    }

    /** What may follow at one place of a path. Never changed once the trim is made. */
    private static final class Step {
        final Map<String, Step> next = new TreeMap<>();
        boolean remove;
    }

    /**
     * The same array when it has none of the fields.
     *
     * @throws RuntimeException when it begins like JSON and is none
     */
    byte[] apply(byte[] json) {
        Cut cut = new Cut(json);
        cut.value(cut.blank(0), root);
        return cut.result();
    }

    /** One pass over one text. */
    private static final class Cut {
        private final byte[] json;
        private @Nullable ByteArrayOutputStream kept;
        private int copied;

        Cut(byte[] json) {
            this.json = json;
        }

        byte[] result() {
            ByteArrayOutputStream out = kept;
            if (out == null) {
                return json;
            }
            out.write(json, copied, json.length - copied);
            return out.toByteArray();
        }

        private void remove(int from, int to) {
            ByteArrayOutputStream out = kept;
            if (out == null) {
                out = new ByteArrayOutputStream(json.length);
                kept = out;
            }
            out.write(json, copied, from - copied);
            copied = to;
        }

        /** Goes over a value that the path leads to; returns where it ends. */
        int value(int at, Step step) {
            return switch (json[at]) {
                case '{' -> object(at, step);
                case '[' -> array(at, step);
                default -> skip(at);
            };
        }

        private int array(int from, Step step) {
            int at = blank(from + 1);
            while (json[at] != ']') {
                int end = value(at, step);
                if (end == at) {
                    throw new IllegalArgumentException("no JSON at byte " + at);
                }
                at = blank(end);
                if (json[at] == ',') {
                    at = blank(at + 1);
                }
            }
            return at + 1;
        }

        private int object(int from, Step step) {
            // A member reaches from behind the comma before it to the comma after it. While none was kept, a member
            // that
            // goes takes the comma after it along; later, the comma before it.
            int start = from + 1;
            boolean keptOne = false;
            int at = blank(start);
            while (json[at] != '}') {
                int keyEnd = skipString(at);
                Step next = step.next.get(key(at, keyEnd));
                int value = blank(blank(keyEnd) + 1);
                boolean goes = next != null && next.remove;
                int end = blank(next == null || goes ? skip(value) : value(value, next));
                boolean last = json[end] == '}';
                if (!goes) {
                    keptOne = true;
                } else if (keptOne) {
                    remove(start - 1, end);
                } else {
                    remove(start, last ? end : end + 1);
                }
                if (last) {
                    return end + 1;
                }
                start = end + 1;
                at = blank(start);
            }
            return at + 1;
        }

        private String key(int quote, int end) {
            for (int i = quote + 1; i < end - 1; i++) {
                if (json[i] == '\\') {
                    try (JsonParser parser = JSON.createParser(json, quote, end - quote)) {
                        parser.nextToken();
                        return parser.getString();
                    }
                }
            }
            return new String(json, quote + 1, end - quote - 2, StandardCharsets.UTF_8);
        }

        private int skip(int from) {
            byte first = json[from];
            if (first == '"') {
                return skipString(from);
            }
            if (first != '{' && first != '[') {
                int at = from;
                while (at < json.length && json[at] != ',' && json[at] != '}' && json[at] != ']' && json[at] > ' ') {
                    at++;
                }
                return at;
            }
            int depth = 0;
            int at = from;
            while (true) {
                switch (json[at]) {
                    case '"' -> at = skipString(at) - 1;
                    case '{', '[' -> depth++;
                    case '}', ']' -> depth--;
                    default -> {}
                }
                at++;
                if (depth == 0) {
                    return at;
                }
            }
        }

        private int skipString(int quote) {
            int at = quote + 1;
            while (json[at] != '"') {
                at += json[at] == '\\' ? 2 : 1;
            }
            return at + 1;
        }

        int blank(int from) {
            int at = from;
            while (at < json.length && json[at] <= ' ' && json[at] >= 0) {
                at++;
            }
            return at;
        }
    }
}
