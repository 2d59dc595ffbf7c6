package dev.shardline.sdk.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one member owns, for each number of partitions that is in use. Not thread-safe. */
public final class Owners {
    private final String self;
    private final Map<Integer, List<String>> owners = new HashMap<>();
    private Set<String> members = Set.of();

    /** Of nobody yet. */
    public Owners(String self) {
        this.self = self;
    }

    /** From now on these share the partitions. */
    public void among(Set<String> all) {
        members = Set.copyOf(all);
        owners.clear();
    }

    /** Whether {@link #among} was called. */
    public boolean known() {
        return !members.isEmpty();
    }

    /** Whether the member itself owns the partition; false when nothing is known. */
    public boolean own(int partition, int partitions) {
        return known()
                && owners.computeIfAbsent(partitions, count -> Assignment.owners(members, count))
                        .get(partition)
                        .equals(self);
    }
}
