package dev.shardline.gateway.shard;

/**
 * All that a RESUME needs, and what must not have changed since. See Discord Docs/Gateway#resuming.
 *
 * @param shard shard and shard count that the session was made with
 * @param session Discord's session id
 * @param resumeUrl Discord's {@code resume_gateway_url}, without query
 * @param sequence the highest sequence below which everything is durably handled
 * @param intents the intents that the session was made with
 * @param savedAtMillis when this was true, milliseconds since the epoch; for people and for age limits only
 */
public record ResumePoint(
        ShardId shard, String session, String resumeUrl, long sequence, long intents, long savedAtMillis) {
    /** That nobody will resume it. */
    SessionLost lost(long nowMicros, String reason) {
        return new SessionLost(shard, session, sequence, savedAtMillis * 1000, nowMicros, reason);
    }
}
