package dev.shardline.sdk.broker;

import dev.shardline.sdk.duplicate.Doubt;
import dev.shardline.sdk.duplicate.HandledDigest;
import dev.shardline.sdk.duplicate.HandledEvents;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the duplicate filter along when a partition moves to another instance.
 *
 * <p>Whoever gets the first delivery of a partition asks the others what they have handled, and holds the partition back
 * until each has answered or {@link #ANSWER_LIMIT} has passed; after an outage of the broker, during which all lost it,
 * {@link #RETURN_LIMIT}. One whose handlers for it still run says so and answers
 * again when they have ended. Confined to control, but for the gates themselves.
 */
final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

    /** Longest wait for an instance that does not answer. That it is dead, the others notice much later. */
    static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);
    /** Longest wait for handlers that still run elsewhere. */
    static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

    /** Longest wait for one that may have lost the broker as this one had: longer than its attempts are apart. */
    static final Duration RETURN_LIMIT = Duration.ofSeconds(12);

    private static final Inquiry.Limits LIMITS =
            new Inquiry.Limits(ANSWER_LIMIT.toNanos(), RETURN_LIMIT.toNanos(), BUSY_LIMIT.toNanos());
    private static final Duration REPEAT = Duration.ofMillis(200);
    /** A gateway that lost the broker publishes again what it received up to so long before. */
    private static final Duration REPUBLISHED = Duration.ofSeconds(60);
    /** By how much clocks may differ. */
    private static final Duration SKEW = Duration.ofSeconds(5);
    /** For how long others are told of a doubt. */
    private static final Duration TOLD = Duration.ofMinutes(5);

    private static final int MAX_ASKERS = 64;

    /** What it needs from its group. */
    interface Group {
        /** Live instances, without this one, that answer questions. */
        Set<String> answering();

        /** Those that were there before this one has lost the broker, and were not heard since it has it again. */
        Set<String> returning();

        /** Whether instances may be there that have not been heard yet. */
        boolean mayHaveStrangers();

        /** Whether somebody else consumed the queues when this instance connected. */
        boolean cameToOthers();

        /**
         * Whether handlers of the partition queue run here.
         *
         * @param whenIdle runs once they have ended, from any thread; not at all when none runs
         */
        boolean runs(String queue, Runnable whenIdle);
    }

    private final String name;
    private final HandledEvents handled;
    private final MemberChannel members;
    private final Timers timers;
    private final Group group;
    private final Consumer<Runnable> control;
    private final Consumer<BrokerDelivery> pass;
    private final Map<String, PartitionGate> gates = new ConcurrentHashMap<>();
    private final Map<String, Inquiry> inquiries = new HashMap<>();
    /** Instances that were asked in vain; not waited for again until they are heard. */
    private final Set<String> unresponsive = new HashSet<>();
    /** Queues to ask about again when one of {@link #unresponsive} is heard. */
    private final Set<String> unanswered = new HashSet<>();
    /** Doubts that those who answered have themselves. */
    private final Map<String, Doubt> inherited = new HashMap<>();
    /** Queues of a new generation of the layout that were not opened here yet. */
    private final Map<String, Overlap> overlaps = new HashMap<>();

    private final long startedAt;
    /** When an instance was last missed, epoch milliseconds. */
    private long lostAt;

    /** Between these times, epoch milliseconds, events were received that are in a queue of the former generation too. */
    private record Overlap(long from, long until) {}

    /** Instances that have told everything and leave. */
    private final Set<String> gone = new HashSet<>();

    private final Map<String, Long> toldVersions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_ASKERS;
        }
    };

    /**
     * Every gate closed.
     *
     * @param pass takes deliveries, in order: must not block
     */
    Handover(
            String name,
            HandledEvents handled,
            MemberChannel members,
            Timers timers,
            Group group,
            Consumer<Runnable> control,
            Consumer<BrokerDelivery> pass) {
        this.name = name;
        this.handled = handled;
        this.members = members;
        this.timers = timers;
        this.group = group;
        this.control = control;
        this.pass = pass;
        this.startedAt = timers.epochMillis();
    }

    /** The gate of a partition queue. Safe from any thread. */
    PartitionGate gate(String queue) {
        return gates.computeIfAbsent(
                queue, key -> new PartitionGate(key, pass, gate -> control.accept(() -> inquire(gate))));
    }

    private void inquire(PartitionGate gate) {
        if (!gate.isAsking()) {
            return;
        }
        inherited.remove(gate.queue());
        Set<String> expected = new HashSet<>(group.answering());
        expected.removeAll(gone);
        Set<String> returning = group.returning();
        if (unresponsive.removeAll(returning) && unresponsive.isEmpty()) {
            unanswered.clear();
        }
        boolean lost = expected.removeAll(unresponsive);
        boolean strangers = group.mayHaveStrangers();
        if (expected.isEmpty() && !strangers) {
            if (group.cameToOthers()) {
                // Slow ones, perhaps, that were not heard in time. They must know that the partition was here, or they
                // would go on as if it had been with them all the time; and what they tell late is still worth knowing.
                members.ask(gate.queue());
            }
            open(
                    gate,
                    Long.MAX_VALUE,
                    lost ? ofLoss() : gate.wasHereLast() ? null : hasLostLately() ? ofLostLately() : Doubt.ofStart());
            return;
        }
        Inquiry inquiry = new Inquiry(expected, returning, strangers, LIMITS, timers.nanos());
        if (lost) {
            unanswered.add(gate.queue());
        }
        inquiries.put(gate.queue(), inquiry);
        ask(gate, inquiry);
    }

    /** Again and again: one that was cut off a moment ago hears the question only after it is back. */
    private void ask(PartitionGate gate, Inquiry inquiry) {
        if (inquiries.get(gate.queue()) != inquiry) {
            return;
        }
        members.ask(gate.queue());
        timers.schedule(
                REPEAT,
                () -> control.accept(() -> {
                    if (!conclude(gate, inquiry)) {
                        ask(gate, inquiry);
                    }
                }));
    }

    private boolean conclude(PartitionGate gate, Inquiry inquiry) {
        if (inquiries.get(gate.queue()) != inquiry || !inquiry.isOver(timers.nanos())) {
            return false;
        }
        inquiries.remove(gate.queue());
        boolean doubtful = inquiry.leavesDoubt() || unanswered.contains(gate.queue());
        if (inquiry.leavesDoubt()) {
            unresponsive.addAll(inquiry.silent());
            unanswered.add(gate.queue());
            LOG.info(
                    "group {}: {} did not say what it has handled of {}; what may be a copy is shown as redelivered",
                    name,
                    inquiry.silent().isEmpty() ? "an instance with running handlers" : inquiry.silent(),
                    gate.queue());
        }
        if (!inquiry.silent().isEmpty()) {
            lost();
        }
        Doubt told = inherited.remove(gate.queue());
        if (hasLostLately()) {
            told = told == null ? ofLostLately() : Doubt.both(told, ofLostLately());
        }
        open(gate, inquiry.since(), doubtful ? ofLoss() : told);
        return true;
    }

    /**
     * @param since when one of those that were asked began to know all that the group has handled
     */
    private void open(PartitionGate gate, long since, @Nullable Doubt doubt) {
        Overlap overlap = overlaps.remove(gate.queue());
        if (overlap == null || Math.min(since, knowsSince()) <= overlap.from()) {
            gate.open(doubt);
            return;
        }
        // Somebody may have handled from the former queue what nobody here knows of.
        long until = (overlap.until() > 0 ? overlap.until() : timers.epochMillis()) + SKEW.toMillis();
        gate.open(Doubt.ofLoss(
                overlap.from() - REPUBLISHED.toMillis(), doubt == null ? until : Math.max(until, doubt.until())));
    }

    /**
     * The queue has copies of events that are in a queue of the former generation too.
     *
     * @param from when the generation was decided, epoch milliseconds
     * @param until when the former one was cut, epoch milliseconds; 0 when that is not known yet
     */
    void overlap(String queue, long from, long until) {
        overlaps.put(queue, new Overlap(from, until));
    }

    /** What was handled earlier, somebody may have handled of whom nothing is known any more. */
    private long knowsSince() {
        return Math.max(startedAt, lostAt);
    }

    /** An instance has vanished. */
    void lost() {
        lostAt = timers.epochMillis();
    }

    private Doubt ofLoss() {
        long now = timers.epochMillis();
        return Doubt.ofLoss(now - REPUBLISHED.toMillis(), now + SKEW.toMillis());
    }

    /** Somebody has vanished, and what he handled a moment before may be published again. */
    private boolean hasLostLately() {
        return lostAt > 0 && timers.epochMillis() - lostAt < REPUBLISHED.toMillis();
    }

    private Doubt ofLostLately() {
        return Doubt.ofLoss(lostAt - REPUBLISHED.toMillis(), lostAt + SKEW.toMillis());
    }

    /** Whether any partition is held back. */
    boolean isAsking() {
        return !inquiries.isEmpty();
    }

    /** A new session of the partition queue begins: its first delivery asks. */
    void restart(String queue) {
        inquiries.remove(queue);
        gate(queue).restart();
    }

    /** Another instance asks. */
    void asked(String queue, String replyTo) {
        PartitionGate gate = gates.get(queue);
        if (gate != null) {
            gate.takenElsewhere();
        }
        boolean busy = group.runs(queue, () -> control.accept(() -> answer(queue, replyTo, false)));
        answer(queue, replyTo, busy);
    }

    private void answer(String queue, String replyTo, boolean busy) {
        PartitionGate gate = gates.get(queue);
        long ofLoss = hasLostLately() ? lostAt + SKEW.toMillis() : 0;
        long doubtUntil = Math.max(ofLoss, gate == null ? 0 : gate.doubtUntil());
        boolean worthTelling = doubtUntil > timers.epochMillis() - TOLD.toMillis();
        HandledDigest.Parts digest = HandledDigest.since(handled, toldVersions.getOrDefault(replyTo, 0L));
        toldVersions.put(replyTo, digest.version());
        members.answer(replyTo, queue, busy, worthTelling ? doubtUntil : 0, knowsSince(), digest.parts(), confirmed -> {
            if (!confirmed) {
                control.accept(() -> toldVersions.remove(replyTo));
            }
        });
    }

    /** Another instance has answered. */
    void answered(String from, String queue, boolean busy, long doubtUntil, long since) {
        Inquiry inquiry = inquiries.get(queue);
        if (inquiry == null) {
            return;
        }
        if (doubtUntil > 0) {
            Doubt told = Doubt.ofLoss(doubtUntil - REPUBLISHED.toMillis() - SKEW.toMillis(), doubtUntil);
            inherited.merge(queue, told, Doubt::both);
        }
        inquiry.answered(from, busy);
        inquiry.knowsSince(since);
        conclude(gate(queue), inquiry);
    }

    /** An instance is there. */
    void heard(String instance) {
        gone.remove(instance);
        if (unresponsive.remove(instance)) {
            // What it tells late is still worth knowing: copies may come later than the answer.
            Set.copyOf(unanswered).forEach(members::ask);
            unanswered.clear();
        }
    }

    /** An instance that leaves has told everything. */
    void saidFarewell(String instance) {
        gone.add(instance);
        for (Map.Entry<String, Inquiry> each : Map.copyOf(inquiries).entrySet()) {
            each.getValue().answered(instance, false);
            conclude(gate(each.getKey()), each.getValue());
        }
    }

    /** Instances that are no longer known need not be remembered. */
    void retain(Set<String> instances) {
        unresponsive.retainAll(instances);
        if (unresponsive.isEmpty()) {
            unanswered.clear();
        }
        gone.retainAll(instances);
        inquiries.values().forEach(inquiry -> inquiry.retain(instances));
    }

    /**
     * Tells the others everything, for those who take over.
     *
     * @param done called once, when the broker has it or cannot be told, from any thread
     */
    void farewell(Runnable done) {
        members.farewell(HandledDigest.since(handled, 0).parts(), outcome -> done.run());
    }
}
