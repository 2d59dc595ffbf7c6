package dev.shardline.simulator.gateway;

/**
 * Counters since the start.
 *
 * @param connections WebSocket connections accepted
 * @param identifies IDENTIFYs answered by READY
 * @param identifyViolations IDENTIFYs too fast for their bucket
 * @param resumes RESUMEs answered by RESUMED
 * @param refusedResumes RESUMEs refused
 * @param stolenSessions sessions resumed while another connection held them
 * @param sessionsEndedByClient sessions that a client ended with 1000 or 1001
 * @param sessionsDiscarded sessions that Discord gave up: expiry, overflow, op 9 false
 * @param dispatches dispatches of all sessions, replay not counted
 * @param replayed dispatches sent again by RESUME
 * @param heartbeats heartbeats received
 * @param zombies connections closed for missing heartbeats
 * @param sendLimitViolations connections closed with 4008
 * @param droppedPresences presence updates beyond the limit
 */
public record Stats(
        long connections,
        long identifies,
        long identifyViolations,
        long resumes,
        long refusedResumes,
        long stolenSessions,
        long sessionsEndedByClient,
        long sessionsDiscarded,
        long dispatches,
        long replayed,
        long heartbeats,
        long zombies,
        long sendLimitViolations,
        long droppedPresences) {}
