package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;
import java.util.Set;

/**
 * Decides which events are published at all. What is filtered counts as handled. Called on the shards' reader threads,
 * many at once; must be quick and must not block. When it throws, the event is published and the failure is counted.
 */
@FunctionalInterface
public interface EventFilter {
    /** Whether the event is published. */
    boolean wants(Dispatch dispatch);

    /** Publishes everything. The default. */
    static EventFilter everything() {
        return dispatch -> true;
    }

    /** Leaves out the events with these names. */
    static EventFilter without(Set<String> types) {
        Set<String> unwanted = Set.copyOf(types);
        return dispatch -> !unwanted.contains(dispatch.type());
    }
}
