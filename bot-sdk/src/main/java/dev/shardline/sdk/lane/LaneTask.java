package dev.shardline.sdk.lane;

/** Work of one key. Never runs on two threads at once; what one run wrote the next one sees. */
public interface LaneTask {
    /**
     * Does a part of the work.
     *
     * @param resume to be called exactly once after {@link Step#ASYNC} or {@link Step#PARKED}, at any time and from any
     *     thread, even before this method returns: the task then runs again
     */
    Step run(Runnable resume);
}
