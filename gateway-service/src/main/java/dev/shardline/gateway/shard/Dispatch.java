package dev.shardline.gateway.shard;

import org.jspecify.annotations.Nullable;

/**
 * One dispatch (op 0) as it came from Discord. Immutable; whoever gets it owns {@code data}, which is the only copy made.
 *
 * @param shard the shard that received it
 * @param session Discord's session id
 * @param sequence Discord's {@code s}
 * @param type Discord's {@code t}
 * @param data the bytes of {@code d}, exactly as sent; never changed after this record was made
 * @param guildId the guild's id as decimal digits, null outside guilds
 * @param routeId what the slot is computed from: the guild, else the channel, else the user, else 0
 * @param receivedMicros when it was read from the socket, microseconds since the epoch
 * @param replayed true between RESUME and RESUMED
 */
@SuppressWarnings("ArrayRecordComponent") // identity is session and sequence; a copy per event would double the garbage
public record Dispatch(
        ShardId shard,
        String session,
        long sequence,
        String type,
        byte[] data,
        @Nullable String guildId,
        long routeId,
        long receivedMicros,
        boolean replayed) {}
