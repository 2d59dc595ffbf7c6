package dev.shardline.sdk.broker;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A look at the broker side of a group.
 *
 * @param connected whether the consuming connection is open
 * @param problem why it is not as it should be, null when all is well
 * @param queues queue names, and whether this instance consumes them
 * @param members ids of the instances of the group, as far as this one has heard
 * @param owned how many partitions this instance should have
 * @param heldBytes of event bodies in memory
 * @param oldestHeld for how long the oldest event is held that is not handled yet
 * @param waiting events that wait in queues of which this instance is the one to consume them, as last seen
 * @param dead events in the dead queue, as last seen
 */
public record GroupStatus(
        boolean connected,
        @Nullable String problem,
        Map<String, Boolean> queues,
        Set<String> members,
        int owned,
        long heldBytes,
        Duration oldestHeld,
        long waiting,
        long dead) {}
