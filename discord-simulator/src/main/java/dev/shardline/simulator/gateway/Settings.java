package dev.shardline.simulator.gateway;

import java.time.Duration;

/**
 * How this Discord behaves; {@code DiscordSimulator.Builder} documents each value and its default.
 *
 * @param token the bot token without prefix
 * @param recommendedShards what /gateway/bot recommends
 * @param shardMultiple num_shards must be a multiple of this, else 4010
 * @param maxGuildsPerShard above this IDENTIFY gets 4011
 * @param allowedIntents privileged intents that are switched on
 * @param maxConcurrency identifies per window
 * @param identifyWindow the window of the buckets
 * @param identifyTotal session_start_limit.total
 * @param identifyBudgetWindow after this the budget is full again
 * @param invalidSessionDelay how long op 9 after a failed IDENTIFY takes
 * @param heartbeatInterval what HELLO says
 * @param missedHeartbeatCloseCode the close code after 1.5 intervals without heartbeat; 0 drops TCP
 * @param sessionTimeout how long a session without a connection can be resumed
 * @param replayLimit dispatches kept per session; 0 means Discord's formula
 * @param trimReplayAtHeartbeat whether a heartbeat's sequence empties the buffer up to it
 * @param staleResumeCloses whether a RESUME older than the buffer gets 4007 instead of op 9 false
 * @param stolenCloseCode the close code of a connection whose session was resumed elsewhere
 * @param sendLimit payloads per window
 * @param sendWindow the window of the send limit
 * @param presenceWindow the window of 5 presence updates
 * @param memberRequestWindow the window of one op 8 for all members per guild
 * @param memberRequestPerSession whether that window is per session instead of per bot
 * @param membersPerGuild what op 8 finds
 * @param compressionLevel zlib 1 to 9, also for zstd
 * @param splitMessages zlib-stream messages are cut into WebSocket messages of this many bytes; 0 never
 * @param maxUnsent bytes a slow reader may leave unread before the connection is reset
 * @param shuffleKeys whether the envelope's keys come in changing order
 * @param escapeNonAscii whether text is sent as {@code \\uXXXX}
 */
public record Settings(
        String token,
        int recommendedShards,
        int shardMultiple,
        int maxGuildsPerShard,
        int allowedIntents,
        int maxConcurrency,
        Duration identifyWindow,
        int identifyTotal,
        Duration identifyBudgetWindow,
        Duration invalidSessionDelay,
        Duration heartbeatInterval,
        int missedHeartbeatCloseCode,
        Duration sessionTimeout,
        int replayLimit,
        boolean trimReplayAtHeartbeat,
        boolean staleResumeCloses,
        int stolenCloseCode,
        int sendLimit,
        Duration sendWindow,
        Duration presenceWindow,
        Duration memberRequestWindow,
        boolean memberRequestPerSession,
        int membersPerGuild,
        int compressionLevel,
        int splitMessages,
        int maxUnsent,
        boolean shuffleKeys,
        boolean escapeNonAscii) {

    @Override
    public String toString() {
        return "Settings[recommendedShards=" + recommendedShards + ", maxConcurrency=" + maxConcurrency + "]";
    }
}
