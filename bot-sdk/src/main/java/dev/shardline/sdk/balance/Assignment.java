package dev.shardline.sdk.balance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which instance should consume which partition: rendezvous hashing with bounded load.
 *
 * <p>Every instance that knows the same members comes to the same answer by itself. Each member gets the rounded-down or
 * the rounded-up share, and a join or leave moves few partitions besides those it must. Pure rendezvous hashing would
 * leave the busiest of five with 1.7 times the mean.
 */
public final class Assignment {
    private Assignment() {}

    /**
     * The owner of each partition.
     *
     * @param members ids of all instances, in any order, at least one
     * @param partitions how many partitions
     * @return owners by partition
     */
    public static List<String> owners(Collection<String> members, int partitions) {
        TreeSet<String> sorted = new TreeSet<>(members);
        int floor = partitions / sorted.size();
        int larger = partitions % sorted.size();
        List<Claim> claims = new ArrayList<>(sorted.size() * partitions);
        for (String member : sorted) {
            for (int partition = 0; partition < partitions; partition++) {
                claims.add(new Claim(member, partition, score(member, partition)));
            }
        }
        claims.sort(Comparator.comparingLong(Claim::score)
                .reversed()
                .thenComparing(Claim::member)
                .thenComparingInt(Claim::partition));
        String[] owners = new String[partitions];
        Map<String, Integer> load = new HashMap<>();
        for (Claim claim : claims) {
            if (owners[claim.partition()] != null) {
                continue;
            }
            int has = load.getOrDefault(claim.member(), 0);
            if (has < floor || (has == floor && larger > 0)) {
                if (has == floor) {
                    larger--;
                }
                owners[claim.partition()] = claim.member();
                load.put(claim.member(), has + 1);
            }
        }
        return List.of(owners);
    }

    /** Of the members that do not own the partition, the one with the highest rank lines up first behind the owner. */
    static long rank(String member, int partition) {
        return score(member, partition);
    }

    /** FNV-1a over both, then a finalizer that spreads the last characters over all bits. */
    private static long score(String member, int partition) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : member.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ partition) * 0x100000001b3L;
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (hash ^ (hash >>> 33)) >>> 1;
    }

    private record Claim(String member, int partition, long score) {}
}
