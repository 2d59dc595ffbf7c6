package dev.shardline.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a backlog each queue of a group may hold, and what happens beyond it.
 *
 * <p>The limits hold for every partition queue and for the express queue by itself, not for the group as a whole.
 *
 * @param maxLength messages per queue, 1 or more; null for no such limit
 * @param maxBytes bytes of bodies per queue, 1 or more; null for no such limit
 * @param ttl how long an event may wait, 1 ms or more; null for ever. Expired events go to the dead queue
 * @param overflow what happens to an event that finds a full queue
 */
public record QueueLimits(
        @Nullable Long maxLength,
        @Nullable Long maxBytes,
        @Nullable Duration ttl,
        Overflow overflow) {

    /** What a full queue does. */
    public enum Overflow {
        /**
         * The oldest event makes room and goes to the group's dead queue, which is bounded as well. No other group and
         * no shard notices. The default.
         */
        DROP_OLDEST("drop-head"),
        /**
         * The broker refuses the event and the gateway tries again until there is room, in the order of each guild. A
         * full group holds up every other group meanwhile, and events go to the gateway's spool; after
         * {@code shardline.publish.refused-for} (15 min) the gateway gives up, for this group, what it refuses. The gateway
         * must know of it ({@code SHARDLINE_GROUPS} and {@code shardline.queues}); of a group that only its bots know, the
         * events sent together with the first one refused may be in front of it.
         */
        REJECT("reject-publish");

        private final String argument;

        Overflow(String argument) {
            this.argument = argument;
        }

        /** The value of {@code x-overflow}. */
        public String argument() {
            return argument;
        }
    }

    /**
     * 256 MiB per queue, oldest dropped first. Without any bound a group whose bot was taken out of service would fill
     * the broker's disk, and the alarm that follows stops all groups.
     */
    public static final QueueLimits DEFAULT = new QueueLimits(null, 256L << 20, null, Overflow.DROP_OLDEST);

    /** Checks the ranges. */
    public QueueLimits {
        requirePositive("max-length", maxLength);
        requirePositive("max-bytes", maxBytes);
        if (ttl != null && ttl.toMillis() < 1) {
            throw new IllegalArgumentException("ttl must be 1 ms or more, was " + ttl);
        }
    }

    /** The queue arguments that say so. */
    public Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        if (maxLength != null) {
            arguments.put("x-max-length", maxLength);
        }
        if (maxBytes != null) {
            arguments.put("x-max-length-bytes", maxBytes);
        }
        if (ttl != null) {
            arguments.put("x-message-ttl", ttl.toMillis());
        }
        arguments.put("x-overflow", overflow.argument());
        return arguments;
    }

    private static void requirePositive(String name, @Nullable Long value) {
        if (value != null && value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more, was " + value);
        }
    }
}
