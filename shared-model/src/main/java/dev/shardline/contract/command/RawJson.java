package dev.shardline.contract.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object or array kept as the bytes it came in, so that what Discord sent reaches the caller unchanged. Immutable
 * as long as nobody writes into {@link #bytes}.
 */
public final class RawJson {
    private final byte[] bytes;

    private RawJson(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes the bytes over, without a copy and without reading them.
     *
     * @throws IllegalArgumentException when they do not begin with an object or an array
     */
    public static RawJson of(byte[] utf8) {
        if (utf8.length < 2 || (utf8[0] != '{' && utf8[0] != '[')) {
            throw new IllegalArgumentException("a result must be a JSON object or array, without leading blanks");
        }
        return new RawJson(utf8);
    }

    /** Writes an object or an array. */
    public static RawJson of(JsonNode tree) {
        return of(CommandCodec.JSON.writeValueAsBytes(tree));
    }

    /** The bytes themselves, UTF-8. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Reads the bytes.
     *
     * @throws InvalidCommandException when they are not JSON
     */
    public JsonNode tree() {
        try {
            return CommandCodec.JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new InvalidCommandException("the result is not JSON: " + e.getOriginalMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The JSON text. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
