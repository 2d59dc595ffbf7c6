package dev.shardline.gateway.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Something to send to Discord.
 *
 * @param opcode what it is
 * @param json the whole payload, {@code op} and {@code d}
 */
public record Payload(Opcode opcode, String json) {
    /** The most that Discord takes. See Discord Docs/Gateway#sending-events. */
    public static final int MAX_BYTES = 4096;

    /** Its size on the wire in bytes. */
    public int size() {
        return json.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Only the opcode: IDENTIFY and RESUME carry the token. */
    @Override
    public String toString() {
        return "Payload[" + opcode + "]";
    }
}
