package dev.shardline.sdk.balance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who owns what, for each number of partitions that is in use. Not thread-safe. */
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
        return known() && of(partition, partitions).equals(self);
    }

    /**
     * Who owns the partition.
     *
     * @throws IllegalStateException when nothing is known
     */
    public String of(int partition, int partitions) {
        if (!known()) {
            throw new IllegalStateException("no members are known");
        }
        return owners.computeIfAbsent(partitions, count -> Assignment.owners(members, count))
                .get(partition);
    }

    /** How many members there are. */
    public int count() {
        return members.size();
    }

    /** In which place the member itself stands in for the owner of the partition, 0 for the first. */
    public int place(int partition, int partitions) {
        String owner = of(partition, partitions);
        long own = Assignment.rank(self, partition);
        return (int) members.stream()
                .filter(member -> !member.equals(owner) && !member.equals(self))
                .filter(member -> {
                    long rank = Assignment.rank(member, partition);
                    return rank > own || (rank == own && member.compareTo(self) < 0);
                })
                .count();
    }
}
