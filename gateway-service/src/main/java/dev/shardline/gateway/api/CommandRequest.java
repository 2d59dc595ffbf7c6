package dev.shardline.gateway.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command as in docs/commands.md, with a time-out instead of a deadline.
 *
 * @param id the same id sent again is the same command, done once; default a new one
 * @param type what to do
 * @param target {@code shard.<id>}, {@code guild.<id>}, {@code all} or {@code cluster}
 * @param timeoutMs how long to wait for the outcome, 1 to 600,000; default 10,000
 * @param payload what the type asks for; default empty
 */
record CommandRequest(
        @Schema(description = "the same id sent again is the same command, done once; default a new one") @Nullable
        String id,

        @Schema(
                description = "update_presence, request_guild_members, ...: see docs/commands.md",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String type,

        @Schema(
                description = "shard.<id>, guild.<id>, user.<id>, all or cluster",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String target,

        @Schema(
                description = "how long to wait for the outcome",
                minimum = "1",
                maximum = "600000",
                defaultValue = "10000")
        @Nullable
        Integer timeoutMs,

        @Schema(description = "what the type asks for", implementation = Object.class) @Nullable
        ObjectNode payload) {
    private static final int LONGEST_MS = 600_000;

    /** Checks what the command itself cannot check. */
    CommandRequest {
        Fields.present("type", type);
        Fields.present("target", target);
        if (timeoutMs != null && (timeoutMs < 1 || timeoutMs > LONGEST_MS)) {
            throw new IllegalArgumentException("timeout_ms must be 1 to " + LONGEST_MS + ", was " + timeoutMs);
        }
    }
}
