package dev.shardline.gateway.reshard;

import java.time.Duration;

/**
 * What an operator has said about the shard count. Immutable; exchanged as a whole while the gateway runs.
 *
 * @param mode whether anybody is asked
 * @param threshold share of the room for guilds from which on a shard count is too small, above 0 up to 1
 * @param target share of the room that a new shard count may fill at most, above 0 and below {@code threshold}
 * @param guildsPerShard how many guilds a shard has room for, 1 to 2,500; Discord refuses more
 * @param checkInterval how often the policy is asked, 1 minute to 7 days; each time Discord is asked first
 */
public record ReshardRules(Mode mode, double threshold, double target, int guildsPerShard, Duration checkInterval) {
    /** What is done about the shard count. */
    public enum Mode {
        /** Nothing: nobody is asked. */
        OFF,
        /** The policy is asked, and what it says is shown. */
        ADVISE
    }

    /** What Discord lets a shard have; a shard with more is closed with 4011. */
    public static final int MOST_GUILDS_PER_SHARD = 2500;

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** What holds when nothing is configured. */
    public static final ReshardRules DEFAULTS =
            new ReshardRules(Mode.ADVISE, 0.8, 0.5, MOST_GUILDS_PER_SHARD, Duration.ofHours(1));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException that begins with the name of the setting, in snake case, and has value and mend
     */
    public ReshardRules {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be above 0 up to 1, was " + threshold);
        }
        if (!(target > 0 && target < threshold)) {
            throw new IllegalArgumentException(
                    "target must be above 0 and below the threshold of " + threshold + ", was " + target);
        }
        if (guildsPerShard < 1 || guildsPerShard > MOST_GUILDS_PER_SHARD) {
            throw new IllegalArgumentException(
                    "guilds_per_shard must be 1 to " + MOST_GUILDS_PER_SHARD + ", was " + guildsPerShard);
        }
        if (checkInterval.compareTo(SHORTEST) < 0 || checkInterval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("check_interval must be 1m to 7d, was " + inWords(checkInterval));
        }
    }

    private static String inWords(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
