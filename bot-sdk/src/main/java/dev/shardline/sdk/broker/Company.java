package dev.shardline.sdk.broker;

import dev.shardline.contract.EventTypes;
import dev.shardline.sdk.balance.Membership;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What this instance knows of the other ones. Reads no clock. Confined to control, but for {@link #handles}. */
final class Company {
    static final Duration SILENCE = Duration.ofSeconds(12);
    /** An instance that leaves lets its handlers finish first. */
    private static final Duration LEAVING = Duration.ofMinutes(1);
    /** Two processes with one id take turns in being heard within this time, as often as they greet. */
    private static final Duration TWINS = Duration.ofSeconds(12);
    /** How long one that has gone may take to come back before its events are nobody's. */
    static final Duration RESTART = Duration.ofMinutes(2);

    private final String self;
    private final Membership membership;
    private final Map<String, MemberChannel.Greeting> greetings = new HashMap<>();
    /** Until when an instance that leaves may still tell what it has handled, nanoseconds. */
    private final Map<String, Long> leaving = new HashMap<>();

    /** Those not heard since this instance has lost the broker: perhaps they have lost it too. */
    private final Set<String> returning = new TreeSet<>();

    /** Which process was heard last under each id. */
    private final Map<String, Incarnation> incarnations = new HashMap<>();

    private volatile Map<String, Set<String>> handles = Map.of();
    /** What those handled that have gone a moment ago. */
    private volatile Map<String, Gone> gone = Map.of();

    private record Gone(Set<String> handled, long untilNanos) {}

    /**
     * A process with an id.
     *
     * @param former the one before; empty when there was none
     * @param since when it was heard, after that one, nanoseconds
     * @param restless whether the two take turns: both are there
     */
    private record Incarnation(String process, String former, long since, boolean restless) {}

    /** A process has taken the id of one that has not said farewell. */
    private boolean replaced;

    private Set<String> alive;

    Company(String self) {
        this.self = self;
        this.membership = new Membership(self, SILENCE);
        this.alive = Set.of(self);
    }

    /** What {@link #review} has found out. */
    enum Change {
        NONE,
        CAME_OR_LEFT,
        /** Without leaving; others may have come or left as well. */
        VANISHED
    }

    /** What {@link #greeted} has found out. */
    enum News {
        NONE,
        JOINED,
        LEFT
    }

    News greeted(MemberChannel.Greeting greeting, long nowNanos) {
        String id = greeting.instance();
        boolean known = alive.contains(id);
        if (!id.equals(self)) {
            Incarnation last = incarnations.get(id);
            boolean another = last != null && !last.process().equals(greeting.process());
            if (another && greeting.leaves()) {
                // The former process says farewell; the id belongs to its successor by now.
                return News.NONE;
            }
            boolean recent = last != null && nowNanos - last.since() < TWINS.toNanos();
            boolean returns = last != null && another && last.former().equals(greeting.process());
            if (greeting.leaves()) {
                incarnations.remove(id);
            } else if (last == null || another) {
                String former = last == null ? "" : last.process();
                incarnations.put(id, new Incarnation(greeting.process(), former, nowNanos, returns && recent));
            } else if (last.restless() && !recent) {
                incarnations.put(id, new Incarnation(last.process(), last.former(), last.since(), false));
            }
            // Of two that take turns each is known.
            known &= !another || returns;
            replaced |= another && !returns;
        }
        if (greeting.leaves()) {
            membership.left(id);
            returning.remove(id);
            MemberChannel.Greeting last = greetings.remove(id);
            if (last != null && !id.equals(self)) {
                remember(last, nowNanos);
            }
            if (last != null && last.answers() && !id.equals(self)) {
                leaving.put(id, nowNanos + LEAVING.toNanos());
            }
            publishHandles();
            return known ? News.LEFT : News.NONE;
        }
        membership.heard(id, nowNanos);
        if (!id.equals(self)) {
            leaving.remove(id);
            if (gone.containsKey(id)) {
                Map<String, Gone> others = new HashMap<>(gone);
                others.remove(id);
                gone = Map.copyOf(others);
            }
            MemberChannel.Greeting before = greetings.put(id, greeting);
            if (before == null || !before.handles().equals(greeting.handles())) {
                publishHandles();
            }
        }
        return known ? News.NONE : News.JOINED;
    }

    private void remember(MemberChannel.Greeting last, long nowNanos) {
        Map<String, Gone> now = new HashMap<>(gone);
        now.put(last.instance(), new Gone(last.handles(), nowNanos + RESTART.toNanos()));
        gone = Map.copyOf(now);
    }

    private void publishHandles() {
        Map<String, Set<String>> now = new HashMap<>();
        greetings.forEach((id, greeting) -> now.put(id, greeting.handles()));
        handles = Map.copyOf(now);
    }

    void saidFarewell(String id) {
        leaving.remove(id);
        returning.remove(id);
    }

    /** This instance has the broker again. Its own absence says nothing about the others: they have the whole time anew. */
    void returned(long nowNanos) {
        greetings.keySet().forEach(id -> {
            membership.heard(id, nowNanos);
            returning.add(id);
        });
    }

    /** A sign of life of another instance. */
    void isBack(String id) {
        returning.remove(id);
    }

    /** Others of whom nothing was heard since {@link #returned}. */
    Set<String> returning() {
        return Set.copyOf(returning);
    }

    /**
     * Looks who is still alive.
     *
     * @return whether anybody has come, left or vanished since it was called last
     */
    Change review(long nowNanos) {
        leaving.values().removeIf(until -> nowNanos - until > 0);
        if (gone.values().stream().anyMatch(each -> nowNanos - each.untilNanos() > 0)) {
            Map<String, Gone> recent = new HashMap<>(gone);
            recent.values().removeIf(each -> nowNanos - each.untilNanos() > 0);
            gone = Map.copyOf(recent);
        }
        Set<String> now = membership.alive(nowNanos);
        if (now.equals(alive)) {
            return Change.NONE;
        }
        alive = now;
        Set<MemberChannel.Greeting> lost = new HashSet<>();
        greetings.values().removeIf(greeting -> !now.contains(greeting.instance()) && lost.add(greeting));
        lost.forEach(greeting -> remember(greeting, nowNanos));
        returning.retainAll(now);
        incarnations.keySet().retainAll(now);
        publishHandles();
        return lost.isEmpty() ? Change.CAME_OR_LEFT : Change.VANISHED;
    }

    /** Whether a process has taken the id of one that has not said farewell, since this was called last. */
    boolean wasReplaced() {
        boolean was = replaced;
        replaced = false;
        return was;
    }

    /** Whether what a process says that had this id is of no interest any more: another one has it. */
    boolean isFormer(String id, String process) {
        Incarnation last = incarnations.get(id);
        return last != null && !process.isEmpty() && !last.process().equals(process);
    }

    /** All that are alive, this one included. */
    Set<String> alive() {
        return alive;
    }

    /** All that are alive but this one. */
    Set<String> others() {
        Set<String> others = new TreeSet<>(alive);
        others.remove(self);
        return others;
    }

    /** Others that answer questions, those included that leave and have not told everything yet. */
    Set<String> answering() {
        Set<String> answering = new TreeSet<>(leaving.keySet());
        greetings.values().forEach(greeting -> {
            if (greeting.answers() && alive.contains(greeting.instance())) {
                answering.add(greeting.instance());
            }
        });
        return answering;
    }

    /** How many partitions the other live instances ask for, each number once; 0 for one that does not say. */
    Set<Integer> wantedPartitions() {
        Set<Integer> wanted = new TreeSet<>();
        for (String id : alive) {
            if (!id.equals(self)) {
                MemberChannel.Greeting greeting = greetings.get(id);
                wanted.add(greeting == null ? 0 : greeting.partitions());
            }
        }
        return wanted;
    }

    /** Whether this instance is the first of all that are alive: the one that does what only one needs to do. */
    boolean leads() {
        return alive.stream().allMatch(id -> self.compareTo(id) <= 0);
    }

    /** The claim of another instance to a queue; empty when it makes none. */
    String claim(String instance, String queue) {
        MemberChannel.Greeting greeting = greetings.get(instance);
        Incarnation last = incarnations.get(instance);
        // Two processes with one id would make the others register anew at every greeting.
        boolean restless = last != null && last.restless();
        return greeting == null || restless ? "" : greeting.claims().getOrDefault(queue, "");
    }

    /** Whether another instance takes at least as much at a time; one that does not say is taken to. */
    boolean takes(String instance, int prefetch) {
        MemberChannel.Greeting greeting = greetings.get(instance);
        return greeting != null && (greeting.prefetch() == 0 || greeting.prefetch() >= prefetch);
    }

    /** Whether another instance has handlers for all of these events; no events are all events. */
    boolean handlesAll(String instance, Set<String> events) {
        MemberChannel.Greeting greeting = greetings.get(instance);
        return greeting != null
                && (greeting.handles().isEmpty()
                        || (!events.isEmpty() && greeting.handles().containsAll(events)));
    }

    /** Whether another live instance has a handler for the event. Safe from any thread. */
    boolean handles(String type) {
        return handles.values().stream().anyMatch(events -> has(events, type));
    }

    /**
     * How long an instance that handled the event and has gone may still take to come back, nanoseconds; 0 when there is
     * none. Safe from any thread.
     */
    long restarting(String type, long nowNanos) {
        return gone.values().stream()
                .filter(each -> has(each.handled(), type))
                .mapToLong(each -> Math.max(0, each.untilNanos() - nowNanos))
                .max()
                .orElse(0);
    }

    /** Whether another live instance has handlers for events other than these; no events are all events. */
    boolean handlesMoreThan(Set<String> own) {
        return !own.isEmpty()
                && handles.values().stream().anyMatch(events -> events.isEmpty() || !own.containsAll(events));
    }

    private static boolean has(Set<String> events, String type) {
        return events.isEmpty() || events.contains(EventTypes.KNOWN.contains(type) ? type : EventTypes.OTHER);
    }
}
