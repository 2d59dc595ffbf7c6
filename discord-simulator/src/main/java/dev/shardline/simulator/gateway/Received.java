package dev.shardline.simulator.gateway;

/**
 * A payload that a client sent after HELLO.
 *
 * @param shardId the connection's shard, -1 before IDENTIFY or RESUME
 * @param shardCount its shard count, -1 before IDENTIFY or RESUME
 * @param op the opcode
 * @param d its {@code d} as JSON text; the token is replaced
 * @param nanos when it came, {@code System.nanoTime}
 */
public record Received(int shardId, int shardCount, int op, String d, long nanos) {}
