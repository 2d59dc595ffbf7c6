package dev.shardline.sdk.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which handlers an event has, in the order in which they were registered. Immutable. */
public final class Handlers {
    private final Map<String, List<Registration>> byType;
    private final List<Registration> any;

    /**
     * Copies both.
     *
     * @param byType handlers of one type, those for any type merged in already
     * @param any handlers of every type that {@code byType} does not have
     */
    public Handlers(Map<String, List<Registration>> byType, List<Registration> any) {
        this.byType = Map.copyOf(byType);
        this.any = List.copyOf(any);
    }

    /** The handlers of a type; empty when there are none. */
    public List<Registration> of(String type) {
        return byType.getOrDefault(type, any);
    }

    /** Whether there is a handler for whatever comes. */
    public boolean wantsAny() {
        return !any.isEmpty();
    }

    /** All types named when registering. */
    public Set<String> types() {
        return byType.keySet();
    }
}
