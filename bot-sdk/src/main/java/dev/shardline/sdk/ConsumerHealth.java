package dev.shardline.sdk;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a consumer does its work.
 *
 * @param up connected, and every queue consumed
 * @param problem what is wrong, null when nothing is
 * @param queues queue names, and whether this instance consumes them
 * @param instances ids of all instances of the group, as far as this one has heard
 * @param ownedPartitions how many of the partitions are this instance's share
 */
public record ConsumerHealth(
        boolean up, @Nullable String problem, Map<String, Boolean> queues, Set<String> instances, int ownedPartitions) {
    /** Copies both. */
    public ConsumerHealth {
        queues = Map.copyOf(queues);
        instances = Set.copyOf(instances);
    }
}
