package dev.shardline.gateway.interaction;

/** Whether any bot would get an interaction that is published now. Safe for use by many threads; never blocks. */
@FunctionalInterface
public interface Attendance extends AutoCloseable {
    /** Somebody always is: nothing is ever deferred. */
    Attendance ALWAYS = () -> true;

    /** False also while nobody can be asked, as when the broker is away: nobody gets anything then. */
    boolean attended();

    /** Begins to find out, in the background. Until something is known somebody counts as attached. */
    default void start() {}

    /** Finds out no more. Idempotent. */
    @Override
    default void close() {}
}
