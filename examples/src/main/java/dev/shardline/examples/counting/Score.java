package dev.shardline.examples.counting;

/**
 * How far a guild has counted.
 *
 * @param number the last right number, 0 before the first
 * @param record the highest number that the guild ever reached
 * @param messageId id of the last event that is in it, empty before the first
 */
public record Score(long number, long record, String messageId) {
    /** Of a guild that has not played yet. */
    public static final Score NONE = new Score(0, 0, "");
}
