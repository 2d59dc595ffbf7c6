package dev.shardline.sdk.broker;

import dev.shardline.contract.Suspects;
import dev.shardline.sdk.dispatch.Quarantine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Decides which suspected events of this process may run. At first one, and with each that comes to an end twice as many,
 * up to {@link #MOST}; one with a note of another process runs alone. Not thread-safe; does nothing by itself.
 *
 * <p>What was decided holds when it is written down: {@link #plan}, then {@link #written} or {@link #failed}.
 */
final class SuspectTurns {
    static final int MOST = 64;

    private final String process;
    private final long keepMillis;

    private final ArrayDeque<Suspect> waiting = new ArrayDeque<>();
    private final Map<String, Admitted> running = new HashMap<>();
    private final Set<String> ended = new LinkedHashSet<>();
    /** Perhaps written as begun, and not begun. */
    private final Set<String> withdrawn = new LinkedHashSet<>();

    private int width = 1;
    /** The one that runs has to run alone. */
    private boolean exclusive;
    /** The first that waits has to run alone, once nothing else runs. */
    private boolean draining;

    private Map<String, Admitted> planned = new LinkedHashMap<>();

    /** One that wants to run. */
    record Suspect(String messageId, IntConsumer admitted) {}

    /**
     * One that may run, or is given up.
     *
     * @param before how often processes ended while it ran alone
     */
    record Admitted(Suspect suspect, int before, boolean exclusive) {
        boolean givenUp() {
            return before >= Quarantine.LIMIT;
        }
    }

    /**
     * Nothing runs yet.
     *
     * @param process tells the notes of this process from others
     * @param keepMillis after that a note is forgotten
     */
    SuspectTurns(String process, long keepMillis) {
        this.process = process;
        this.keepMillis = keepMillis;
    }

    void enter(Suspect suspect) {
        waiting.add(suspect);
    }

    void leave(String messageId) {
        Admitted left = running.remove(messageId);
        if (left == null) {
            return;
        }
        ended.add(messageId);
        exclusive = exclusive && !left.exclusive();
        if (!left.givenUp()) {
            width = Math.min(MOST, width * 2);
        }
    }

    /** Whether there is anything to write, or one may perhaps begin. */
    boolean due() {
        return !ended.isEmpty() || !withdrawn.isEmpty() || (!waiting.isEmpty() && mayBegin());
    }

    private boolean mayBegin() {
        return !exclusive && running.size() < width && !(draining && !running.isEmpty());
    }

    /** Whether nothing waits, runs, or is to be written. */
    boolean idle() {
        return waiting.isEmpty() && running.isEmpty() && ended.isEmpty() && withdrawn.isEmpty();
    }

    /** What is to be written, of what is written now: all ends, and all that may begin. */
    Suspects plan(Suspects present, long nowMillis) {
        planned = new LinkedHashMap<>();
        draining = false;
        Suspects next = present;
        for (String each : ended) {
            next = next.end(each);
        }
        for (String each : withdrawn) {
            next = next.withdraw(each, process);
        }
        if (exclusive) {
            return next;
        }
        for (Suspect each : waiting) {
            String id = each.messageId();
            if (running.containsKey(id) || planned.containsKey(id)) {
                continue;
            }
            int places = width - running.size() - planned.size();
            Suspects.Note earlier = next.earlier(id, process);
            boolean alone = earlier.begun() > 0;
            if (places <= 0) {
                break;
            }
            if (earlier.alone() >= Quarantine.LIMIT) {
                planned.put(id, new Admitted(each, earlier.alone(), false));
                continue;
            }
            if (alone && !(running.isEmpty() && planned.isEmpty())) {
                // None overtakes it, or it might wait for ever.
                draining = true;
                break;
            }
            planned.put(id, new Admitted(each, earlier.alone(), alone));
            next = next.begin(id, process, alone || width == 1, nowMillis, keepMillis);
            if (alone) {
                break;
            }
        }
        return next;
    }

    /** The plan holds. These are to be told, each has to {@link #leave}. */
    List<Admitted> written() {
        ended.clear();
        withdrawn.clear();
        List<Admitted> admitted = new ArrayList<>(planned.values());
        for (Admitted each : admitted) {
            waiting.remove(each.suspect());
            running.put(each.suspect().messageId(), each);
            exclusive |= each.exclusive();
        }
        planned = new LinkedHashMap<>();
        return admitted;
    }

    /** It is not known whether the plan was written. All these have to enter again; what has ended is kept. */
    List<Suspect> failed() {
        planned.forEach((id, each) -> {
            if (!each.givenUp()) {
                withdrawn.add(id);
            }
        });
        planned = new LinkedHashMap<>();
        return given();
    }

    /** The process ends as it should: what still runs is not to be held against it. These will not begin any more. */
    List<Suspect> close() {
        List.copyOf(running.keySet()).forEach(this::leave);
        return given();
    }

    private List<Suspect> given() {
        List<Suspect> all = List.copyOf(waiting);
        waiting.clear();
        draining = false;
        return all;
    }
}
