package dev.shardline.gateway.shard;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many dispatches of each type came in and when the last one did: the means to notice that a kind of event has
 * silently stopped. Safe for use by many threads; counting one costs a few nanoseconds.
 */
public final class EventRates {
    /** Types beyond this many are counted together, whatever Discord invents. */
    private static final int MOST_TYPES = 256;

    private final ConcurrentHashMap<String, Rate> byType = new ConcurrentHashMap<>();

    /**
     * What is known of one type.
     *
     * @param count since the start of this process
     * @param lastSeenMicros microseconds since the epoch
     */
    public record Seen(long count, long lastSeenMicros) {}

    void count(String type, long micros) {
        Rate rate = byType.get(type);
        if (rate == null) {
            String key = byType.size() < MOST_TYPES ? type : "(other)";
            rate = byType.computeIfAbsent(key, missing -> new Rate());
        }
        rate.count.increment();
        // Another thread may overwrite it with a time a few microseconds older.
        if (micros - rate.lastSeenMicros > 1000) {
            rate.lastSeenMicros = micros;
        }
    }

    /** The figures of all types that were seen, by name. The time is exact to a millisecond. */
    public Map<String, Seen> byType() {
        Map<String, Seen> figures = new TreeMap<>();
        byType.forEach((type, rate) -> figures.put(type, new Seen(rate.count.sum(), rate.lastSeenMicros)));
        return figures;
    }

    private static final class Rate {
        private final LongAdder count = new LongAdder();
        private volatile long lastSeenMicros;
    }
}
