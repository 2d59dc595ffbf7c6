package dev.shardline.gateway.protocol;

import org.jspecify.annotations.Nullable;

/** The opcodes that bots use. See Discord Docs/Opcodes and Status Codes#gateway-opcodes. */
public enum Opcode {
    /** Received: an event. */
    DISPATCH(0),
    /** Sent to keep the connection alive; received when Discord wants a heartbeat at once. */
    HEARTBEAT(1),
    /** Sent: begins a new session. */
    IDENTIFY(2),
    /** Sent: status and activities. */
    PRESENCE_UPDATE(3),
    /** Sent: join, move or leave a voice channel. */
    VOICE_STATE_UPDATE(4),
    /** Sent: takes a session up again. */
    RESUME(6),
    /** Received: reconnect and resume. */
    RECONNECT(7),
    /** Sent: answered by GUILD_MEMBERS_CHUNK or RATE_LIMITED. */
    REQUEST_GUILD_MEMBERS(8),
    /** Received: the session is invalid; {@code d} says whether it can be resumed. */
    INVALID_SESSION(9),
    /** Received: the first payload of a connection, with the heartbeat interval. */
    HELLO(10),
    /** Received: answers a heartbeat. */
    HEARTBEAT_ACK(11),
    /** Sent: answered by SOUNDBOARD_SOUNDS. */
    REQUEST_SOUNDBOARD_SOUNDS(31),
    /** Sent: answered by CHANNEL_INFO. */
    REQUEST_CHANNEL_INFO(43);

    private static final @Nullable Opcode[] BY_CODE = new Opcode[44];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The opcode of a number, null for one that bots do not use. Discord asks clients to ignore those. */
    public static @Nullable Opcode of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
