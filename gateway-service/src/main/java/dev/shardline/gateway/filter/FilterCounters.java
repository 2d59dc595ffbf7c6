package dev.shardline.gateway.filter;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What was left out since the start. */
public final class FilterCounters {
    private final Map<FilterReason, LongAdder> dropped = new EnumMap<>(FilterReason.class);
    /** Events that lost a field. */
    public final LongAdder trimmed = new LongAdder();
    /** Bytes that they lost. */
    public final LongAdder trimmedBytes = new LongAdder();

    FilterCounters() {
        for (FilterReason reason : FilterReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    /** Events left out for one reason. Each event counts once, for the first reason in the order of the enum. */
    public LongAdder dropped(FilterReason reason) {
        return Objects.requireNonNull(dropped.get(reason));
    }
}
