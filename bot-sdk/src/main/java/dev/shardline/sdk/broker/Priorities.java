package dev.shardline.sdk.broker;

/**
 * The {@code x-priority} of consumers: the owner of a partition above those who stand in for it, and the living above the
 * dead.
 *
 * <p>The dead matter because RabbitMQ 4.3 can keep a consumer whose connection has died (see
 * {@link QueueSession#returnRest}). If it had the highest priority of those that wait, it would become active, and the
 * partition would stand still. So whenever a connection has ended without a farewell, those that remain register again
 * above everything that it had registered. Reads no clock. Confined to control.
 */
final class Priorities {
    /** Stand-ins have 1 to this above the floor. */
    static final int RANKS = 999;

    private static final long OWNER = 1_000_000;
    private static final long ASIDE = -1_000_000_000;
    private static final long EPOCH_2026 = 1_767_225_600_000L;

    private long floor;
    private long highest;

    /** For the owner: whoever became it later ranks higher, so the former one needs to do nothing to be relieved. */
    long owner(long epochMillis) {
        return registered(Math.max(OWNER + Math.max(0, epochMillis - EPOCH_2026), floor + 2 * RANKS));
    }

    /** For one that takes over when the owner is gone. */
    long standIn(int rank) {
        return registered(floor + rank);
    }

    /** For one that lets every other one go first. */
    static long aside(int rank) {
        return ASIDE + rank;
    }

    /** Remembers a priority that was registered. */
    long registered(long priority) {
        highest = Math.max(highest, priority);
        return priority;
    }

    /** Whether a consumer may rank below a dead one. */
    boolean isBelowFloor(long priority, boolean asOwner) {
        return priority <= (asOwner ? floor + RANKS : floor);
    }

    /**
     * Consumers up to this priority may be dead.
     *
     * @return whether that is news
     */
    boolean outrank(long dead) {
        if (dead <= floor) {
            return false;
        }
        floor = dead;
        return true;
    }

    /** Up to which priority consumers may be dead; told to the others. */
    long floor() {
        return floor;
    }

    /** The highest ever registered; told to the others, who outrank it should this instance die. */
    long highest() {
        return highest;
    }
}
