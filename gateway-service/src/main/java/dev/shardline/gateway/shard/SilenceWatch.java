package dev.shardline.gateway.shard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notices that a shard receives a kind of event no more which used to come all the time, while other kinds still flow.
 *
 * <p>Discord's sessions have been seen to lose single kinds, INTERACTION_CREATE for one, until the next IDENTIFY. No
 * error tells of it, so time is cut into blocks of at least a minute and a hundred events, and of each kind the share of
 * blocks in which it came is kept. A kind is called silent when it is missing from so many blocks in a row that chance
 * explains it less than once in a thousand million, at least ten. Blocks grow longer when a night is quiet, so a lull of
 * everything is no silence; kinds that come in bursts or seldom have too small a share to be judged.
 *
 * <p>Safe from any thread.
 */
final class SilenceWatch {
    private static final long BLOCK_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int BLOCK_EVENTS = 100;
    /** Before a kind was watched for so many blocks nothing is known of its habits. */
    private static final int BLOCKS_TO_LEARN = 30;
    /** How many blocks weigh in the share: the habits of the last hours. */
    private static final int MEMORY = 120;

    private static final int MISSING_AT_LEAST = 10;
    /** However steady a kind was, so much doubt is left. */
    private static final double HIGHEST_SHARE = 0.95;

    private static final double CHANCE = Math.log(1e-9);
    private static final int MOST_KINDS = 256;

    /** What is noticed. Called in the middle of receiving: must only hand over. */
    interface Listener {
        /** A kind has fallen silent. Told once until it comes again. */
        void silent(String type, Duration since, long otherEvents);

        /** A kind that was silent has come again. */
        void heardAgain(String type);
    }

    private final Map<String, Kind> kinds = new HashMap<>();
    private boolean blockBegun;
    private long blockStart;
    private int blockEvents;
    private long block;
    private long events;
    private volatile Set<String> silent = Set.of();

    /** Counts one dispatch. */
    synchronized void seen(String type, long nanos, Listener listener) {
        if (!blockBegun) {
            blockBegun = true;
            blockStart = nanos;
        }
        events++;
        blockEvents++;
        Kind kind = kinds.get(type);
        if (kind == null) {
            if (kinds.size() < MOST_KINDS) {
                kind = new Kind(block);
                kinds.put(type, kind);
            }
        } else if (kind.silent) {
            kind.silent = false;
            show();
            listener.heardAgain(type);
        }
        if (kind != null) {
            kind.seen(block, nanos, events);
        }
        if (blockEvents >= BLOCK_EVENTS && nanos - blockStart >= BLOCK_NANOS) {
            block++;
            blockEvents = 0;
            blockStart = nanos;
            judge(nanos, listener);
        }
    }

    private void judge(long nanos, Listener listener) {
        kinds.forEach((type, kind) -> {
            if (!kind.silent && kind.isMissed(block)) {
                kind.silent = true;
                show();
                listener.silent(type, Duration.ofNanos(nanos - kind.lastNanos), events - kind.eventsThen);
            }
        });
    }

    /** A new session: what the old one missed says nothing about it. */
    synchronized void begin() {
        kinds.values().forEach(kind -> kind.forgive(block));
        show();
    }

    /** The kinds that are silent now, in alphabetical order. */
    Set<String> silent() {
        return silent;
    }

    private void show() {
        Set<String> now = new TreeSet<>();
        kinds.forEach((type, kind) -> {
            if (kind.silent) {
                now.add(type);
            }
        });
        silent = Set.copyOf(now);
    }

    private static final class Kind {
        private final long firstBlock;
        private long lastBlock = -1;
        private double share;
        private long weight;
        private long lastNanos;
        private long eventsThen;
        private boolean silent;

        private Kind(long firstBlock) {
            this.firstBlock = firstBlock;
        }

        private void seen(long block, long nanos, long events) {
            lastNanos = nanos;
            eventsThen = events;
            if (block == lastBlock) {
                return;
            }
            for (long missed = Math.max(lastBlock + 1, firstBlock); missed < block; missed++) {
                weigh(0);
            }
            weigh(1);
            lastBlock = block;
        }

        private void weigh(int came) {
            weight = Math.min(weight + 1, MEMORY);
            share += (came - share) / weight;
        }

        /** Blocks before {@code next} are over. */
        private boolean isMissed(long next) {
            long missing = next - 1 - lastBlock;
            return missing >= MISSING_AT_LEAST
                    && lastBlock - firstBlock >= BLOCKS_TO_LEARN
                    && missing * Math.log1p(-Math.min(share, HIGHEST_SHARE)) < CHANCE;
        }

        private void forgive(long block) {
            silent = false;
            // The blocks that it missed are not held against it.
            lastBlock = Math.max(lastBlock, block - 1);
        }
    }
}
