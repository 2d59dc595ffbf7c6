package dev.shardline.sdk.lane;

/** How a task left its thread. */
public enum Step {
    /** Finished: the next task of the key may run. */
    FINISHED,
    /** Goes on elsewhere and will resume; it still counts as running. */
    ASYNC,
    /** Waits and will resume; meanwhile another key may use its place. */
    PARKED
}
