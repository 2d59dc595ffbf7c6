package dev.shardline.contract.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a JSON object field by field and refuses what was not asked for.
 *
 * <p>Every method throws {@link InvalidCommandException} with the field's full name, the value, and what it must be.
 * Confined to one thread.
 */
public final class PayloadReader {
    private final ObjectNode object;
    private final String path;
    private final Set<String> read = new HashSet<>();

    private PayloadReader(ObjectNode object, String path) {
        this.object = object;
        this.path = path;
    }

    /** Reads the payload of a command. */
    public static PayloadReader of(Command command) {
        return new PayloadReader(command.payload(), "payload");
    }

    /**
     * Reads any object.
     *
     * @param path how messages call it, for example {@code payload.activities[0]}
     */
    public static PayloadReader of(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            return new PayloadReader(object, path);
        }
        throw new InvalidCommandException(path + " must be an object, was " + shown(node));
    }

    /** Text of 1 to {@code most} characters. */
    public String text(String name, int most) {
        return optionalText(name, most).orElseThrow(() -> missing(name, "text of 1 to " + most + " characters"));
    }

    /** As {@link #text}, empty when the field is absent or null. */
    public Optional<String> optionalText(String name, int most) {
        JsonNode node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString()
                || node.stringValue().isEmpty()
                || node.stringValue().length() > most) {
            throw wrong(name, node, "text of 1 to " + most + " characters");
        }
        return Optional.of(node.stringValue());
    }

    /** Text that may be empty, of at most {@code most} characters; empty optional when absent or null. */
    public Optional<String> optionalTextOrEmpty(String name, int most) {
        JsonNode node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString() || node.stringValue().length() > most) {
            throw wrong(name, node, "text of at most " + most + " characters");
        }
        return Optional.of(node.stringValue());
    }

    /** A Discord id, as text of decimal digits. */
    public String id(String name) {
        JsonNode node = find(name);
        if (node == null) {
            throw missing(name, "a Discord id as text of decimal digits");
        }
        return requireId(name, node);
    }

    /** A Discord id, or null written out; the field must be there. */
    public @Nullable String idOrNull(String name) {
        if (!object.has(name)) {
            throw missing(name, "a Discord id as text of decimal digits, or null");
        }
        JsonNode node = find(name);
        return node == null ? null : requireId(name, node);
    }

    /** 1 to {@code most} Discord ids; empty list when the field is absent or null. */
    public List<String> optionalIds(String name, int most) {
        List<String> ids = new ArrayList<>();
        for (JsonNode node : list(name, most)) {
            ids.add(requireId(name + "[" + ids.size() + "]", node));
        }
        return ids;
    }

    /** 1 to {@code most} elements; empty list when the field is absent or null. */
    public List<JsonNode> list(String name, int most) {
        JsonNode node = find(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || node.size() > most) {
            throw wrong(name, node, "an array of at most " + most + " elements");
        }
        return List.copyOf(node.values());
    }

    /** A whole number in a range, ends included. */
    public int integer(String name, int least, int most) {
        return (int) number(name, least, most);
    }

    /** A whole number in a range, ends included. */
    public long number(String name, long least, long most) {
        return optionalNumber(name, least, most)
                .orElseThrow(() -> missing(name, "a whole number from " + least + " to " + most));
    }

    /** As {@link #number}, empty when the field is absent or null. */
    public Optional<Long> optionalNumber(String name, long least, long most) {
        JsonNode node = find(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.longValue() < least
                || node.longValue() > most) {
            throw wrong(name, node, "a whole number from " + least + " to " + most);
        }
        return Optional.of(node.longValue());
    }

    /** True or false; {@code absent} when the field is absent or null. */
    public boolean flag(String name, boolean absent) {
        JsonNode node = find(name);
        if (node == null) {
            return absent;
        }
        if (!node.isBoolean()) {
            throw wrong(name, node, "true or false");
        }
        return node.booleanValue();
    }

    /** An object. */
    public ObjectNode object(String name) {
        JsonNode node = find(name);
        if (node == null) {
            throw missing(name, "an object");
        }
        if (node instanceof ObjectNode found) {
            return found;
        }
        throw wrong(name, node, "an object");
    }

    /** Any value, also null; the field must be there. */
    public JsonNode any(String name) {
        read.add(name);
        JsonNode node = object.get(name);
        if (node == null) {
            throw missing(name, "any JSON value");
        }
        return node;
    }

    /** Refuses the fields that nobody has read. Call it last. */
    public void end() {
        for (String name : object.propertyNames()) {
            if (!read.contains(name)) {
                throw new InvalidCommandException(
                        path + "." + Shortened.of(name) + " is not known here: remove it, or mend its spelling");
            }
        }
    }

    /** An exception for a value that is well formed but makes no sense. */
    public InvalidCommandException wrong(String name, JsonNode value, String expected) {
        return new InvalidCommandException(path + "." + name + " must be " + expected + ", was " + shown(value));
    }

    private @Nullable JsonNode find(String name) {
        read.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private String requireId(String name, JsonNode node) {
        String text = node.isString() ? node.stringValue() : "";
        if (text.isEmpty() || text.length() > 20 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(name, node, "a Discord id as text of decimal digits");
        }
        return text;
    }

    private InvalidCommandException missing(String name, String expected) {
        return new InvalidCommandException(path + "." + name + " is missing: it must be " + expected);
    }

    private static String shown(JsonNode node) {
        if (node.isObject()) {
            return "an object";
        }
        if (node.isArray()) {
            return "an array of " + node.size();
        }
        return Shortened.of(node.toString());
    }
}
