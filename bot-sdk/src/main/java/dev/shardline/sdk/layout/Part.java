package dev.shardline.sdk.layout;

/**
 * One partition of one generation.
 *
 * @param generation from 1
 * @param partition from 0
 * @param partitions how many its generation has
 */
public record Part(int generation, int partition, int partitions) {
    /** Whether any slot belongs to both. */
    public boolean sharesSlots(Part other) {
        int divisor = gcd(partitions, other.partitions);
        return partition % divisor == other.partition % divisor;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
