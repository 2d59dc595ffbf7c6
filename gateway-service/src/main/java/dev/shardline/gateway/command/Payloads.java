package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole gateway payloads, {@code op} and {@code d}. See Discord Docs/Gateway#sending-events. */
final class Payloads {
    /** Discord closes the connection (4002) for more. */
    static final int MOST_BYTES = 4096;

    static final int PRESENCE = 3;
    static final int VOICE_STATE = 4;
    static final int GUILD_MEMBERS = 8;
    static final int SOUNDBOARD_SOUNDS = 31;
    static final int CHANNEL_INFO = 43;

    private Payloads() {}

    static byte[] of(int op, JsonNode d) {
        ObjectNode root = CommandCodec.object();
        root.put("op", op);
        root.set("d", d);
        return RawJson.of(root).bytes();
    }

    static Answer tooLarge(int bytes) {
        return Answer.of(
                Outcome.TOO_LARGE,
                "Discord takes payloads of at most " + MOST_BYTES + " bytes, this one has " + bytes
                        + ": shorten it, or split it into several commands");
    }
}
