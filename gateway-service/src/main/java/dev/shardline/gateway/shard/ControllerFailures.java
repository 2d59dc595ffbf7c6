package dev.shardline.gateway.shard;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a controller throws from whoever asked it. A controller may be somebody else's code: it must not be able to
 * take a shard down, or the events of one.
 *
 * <p>Every failure is counted under the controller's name, the first one of each kind is told to the log, and the one
 * decision is made as the default would have made it. Safe for use by many threads.
 */
public final class ControllerFailures {
    private static final Logger log = LoggerFactory.getLogger(ControllerFailures.class);
    private static final int MOST_KINDS = 1_000;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** What the controller decides; what {@code otherwise} says when it throws, or says nothing. */
    public <T> T decide(Class<?> controller, Supplier<? extends @Nullable T> decision, Supplier<T> otherwise) {
        try {
            T made = decision.get();
            if (made != null) {
                return made;
            }
            failed(controller, "null is no answer", null);
        } catch (RuntimeException | Error e) {
            failed(controller, "", e);
        }
        return otherwise.get();
    }

    /** Has the controller do something that nobody needs an answer to. */
    public void run(Class<?> controller, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            failed(controller, "", e);
        }
    }

    /**
     * Counts and reports a failure.
     *
     * @param detail what it was about, for the log; one line is written per controller, detail and kind of failure
     */
    public void failed(Class<?> controller, String detail, @Nullable Throwable failure) {
        String name = name(controller);
        counts.computeIfAbsent(name, first -> new LongAdder()).increment();
        String kind = name
                + ' '
                + detail
                + ' '
                + (failure == null ? "" : failure.getClass().getName());
        if (reported.size() < MOST_KINDS && reported.add(kind)) {
            log.error(
                    "Controller {} failed{}; docs/controllers.md says what takes its place. Told once, counted always",
                    name,
                    detail.isEmpty() ? "" : " (" + detail + ")",
                    failure);
        }
    }

    /** How often a controller has failed. */
    public long count(Class<?> controller) {
        LongAdder adder = counts.get(name(controller));
        return adder == null ? 0 : adder.sum();
    }

    /** Every controller that has failed, and how often. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((name, count) -> all.put(name, count.sum()));
        return all;
    }

    /** The controller's name in metrics and messages. */
    public static String name(Class<?> controller) {
        return controller.getSimpleName();
    }
}
