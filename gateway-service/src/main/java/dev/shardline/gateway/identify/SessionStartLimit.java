package dev.shardline.gateway.identify;

import java.time.Duration;

/**
 * What Discord grants. See Discord Docs/Gateway#session-start-limit-object.
 *
 * @param total identifies per window
 * @param remaining identifies left in this window, shared by all processes of the bot
 * @param resetAfter how long until the window begins anew, counted from when this was fetched
 * @param maxConcurrency identifies per five seconds
 */
public record SessionStartLimit(int total, int remaining, Duration resetAfter, int maxConcurrency) {
    /** Checks the ranges. */
    public SessionStartLimit {
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException("max concurrency must be at least 1, was " + maxConcurrency);
        }
    }
}
