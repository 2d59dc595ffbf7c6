package dev.shardline.sdk.event;

import java.time.Duration;

/** Hears what happens to events, for metrics. Called on hot paths from many threads: must be quick and never throw. */
public interface ConsumerObserver {
    /** One attempt of one handler ended. */
    default void attempted(String group, String type, Verdict verdict, Duration handlerTime) {}

    /** The event is settled: all its handlers are done. {@code age} is the time since the gateway received it. */
    default void settled(String group, String type, Duration age) {}

    /** It went to the dead queue. */
    default void dead(String group, String type, String reason) {}

    /** It was older than its handler wants. */
    default void tooLate(String group, String type) {}

    /** A copy of an event that this instance has handled before was filtered out. */
    default void duplicate(String group, String type) {}
}
