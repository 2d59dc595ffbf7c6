package dev.shardline.broker.server;

/** The only type that reads a clock. */
final class BrokerClock {
    /** For distances in time. */
    long nanos() {
        return System.nanoTime();
    }

    /** Milliseconds since the epoch; expiry survives a restart, so it cannot be measured in nanoseconds. */
    long millis() {
        return System.currentTimeMillis();
    }
}
