package dev.shardline.sdk.broker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.GroupTopology;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.QueueDeclaration;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.layout.Effect;
import dev.shardline.sdk.layout.LayoutChange;
import dev.shardline.sdk.layout.Part;
import dev.shardline.sdk.time.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partition queues an ordered group has, read from the broker, and the steps by which that changes.
 *
 * <p>Whatever takes long is done on a thread of its own.
 * Methods are confined to control.
 */
final class PartitionLayout implements Effect.LayoutIo {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionLayout.class);

    private final GroupSpec spec;
    private final Object registering = new Object();
    private final GroupQueues queues;
    private final Publisher publisher;
    private final Timers timers;
    private final Consumer<Runnable> control;
    private final ExecutorService worker;
    private final Runnable changed;
    private final LayoutChange change = new LayoutChange();
    private boolean reading;
    private boolean anew;

    /**
     * Knows nothing yet.
     *
     * @param worker one thread, shut down by the owner
     * @param changed told, on control, when {@link #consumed} may be another
     */
    PartitionLayout(
            GroupSpec spec,
            GroupQueues queues,
            Publisher publisher,
            Timers timers,
            Consumer<Runnable> control,
            ExecutorService worker,
            Runnable changed) {
        this.spec = spec;
        this.queues = queues;
        this.publisher = publisher;
        this.timers = timers;
        this.control = control;
        this.worker = worker;
        this.changed = changed;
    }

    /**
     * Reads the layout, or makes the first one, and declares its queues and these others. Blocks.
     *
     * @param link the consuming connection, to look which old queues are left
     * @return whether anybody consumes one of the queues
     */
    boolean enter(Connection link, List<QueueDeclaration> others) throws IOException {
        boolean[] consumedAlready = new boolean[1];
        GroupLayout before = change.layout();
        GroupLayout layout = connected(own -> update(own, present -> {
            // By its birth and not only by its revision: somebody faster may have written the same one, or a higher
            // one.
            anew = before != null
                    && (present == null || present.born() != before.born() || present.revision() < before.revision());
            GroupLayout base = present == null && before != null ? before.reborn() : present;
            GroupLayout next = base == null
                    ? GroupLayout.first(spec.partitions(), spec.ordered())
                    : base.subscribed(spec.ordered());
            List<QueueDeclaration> all = new ArrayList<>(others);
            all.addAll(partitions(next));
            consumedAlready[0] = queues.declare(own, all);
            return next;
        }));
        if (anew) {
            // The broker has been made anew: what it has now is in force, whatever was.
            change.forget();
        }
        change.learned(layout);
        change.gone(missing(link));
        if (before == null && layout.partitions() != spec.partitions()) {
            LOG.warn(
                    "group {} has {} partitions, this instance asks for {}: that comes into force once all running"
                            + " instances ask for it",
                    spec.name(),
                    layout.partitions(),
                    spec.partitions());
        }
        return consumedAlready[0];
    }

    private List<QueueDeclaration> partitions(GroupLayout layout) {
        GroupTopology topology = GroupTopology.of(spec, layout);
        List<QueueDeclaration> partitions = new ArrayList<>();
        for (int partition = 0; partition < layout.partitions(); partition++) {
            partitions.add(topology.partition(partition));
        }
        return partitions;
    }

    /** Binds what this instance handles, in order. Blocks. */
    void bind(Connection link) throws IOException {
        GroupLayout layout = known();
        if (layout.changing()) {
            // First: as long as the old queues are consumed, what comes in order must be in them. Also when the layout
            // has the events already: whoever wrote them there may have failed before it had bound them.
            queues.bind(
                    link,
                    GroupTopology.former(spec, layout).partitionBindings(spec.ordered()).stream()
                            .filter(binding -> change.old().stream()
                                    .anyMatch(part -> queue(part).equals(binding.queue())))
                            .toList());
        }
        queues.bind(link, GroupTopology.of(spec, layout).bindings());
    }

    private GroupLayout known() {
        GroupLayout layout = change.layout();
        if (layout == null) {
            throw new IllegalStateException("the layout of group " + spec.name() + " was never read");
        }
        return layout;
    }

    /** The partitions to consume. */
    Set<Part> consumed() {
        return change.consumed();
    }

    /** Whether the partition is of the former generation, and about to end. */
    boolean isOld(Part part) {
        return change.old().contains(part);
    }

    QueueDeclaration declaration(Part part) {
        return GroupTopology.of(spec.withPartitions(part.partitions()), part.generation())
                .partition(part.partition());
    }

    private String queue(Part part) {
        return Topology.partitionQueue(spec.name(), part.partition(), part.partitions(), part.generation());
    }

    /** Revision of what is known; 0 for nothing. */
    long revision() {
        GroupLayout layout = change.layout();
        return layout == null ? 0 : layout.revision();
    }

    /** When the generation in force was decided, epoch milliseconds; 0 for the first. */
    long changedAt() {
        return known().changedAt();
    }

    /** When the generation before was cut, epoch milliseconds; 0 when that is not known. */
    long copiesUntil() {
        return known().copiesUntil();
    }

    int generation() {
        return known().generation();
    }

    /** Another instance knows of this revision. */
    void heard(long revision) {
        if (change.isNews(revision) && revision > 0 && !reading) {
            reading = true;
            inBackground("read the layout", this::read, () -> reading = false);
        }
    }

    /** Written back where nothing is any more: with another birth, by which the others see it. */
    private static GroupLayout orReborn(@Nullable GroupLayout present, GroupLayout last) {
        return present == null ? last.reborn() : present;
    }

    private void read() throws IOException {
        GroupLayout last = known();
        GroupLayout layout = connected(own -> update(own, present -> orReborn(present, last)));
        control.accept(() -> {
            reading = false;
            learned(layout);
        });
    }

    private void learned(GroupLayout layout) {
        GroupLayout before = change.layout();
        if (!change.learned(layout)) {
            return;
        }
        if (before == null || before.generation() != layout.generation()) {
            LOG.info(
                    "group {} changes from {} to {} partitions, generation {}",
                    spec.name(),
                    layout.former(),
                    layout.partitions(),
                    layout.generation());
        } else if (before.changing() && !layout.changing()) {
            LOG.info("group {} has {} partitions now", spec.name(), layout.partitions());
        }
        changed.run();
    }

    /**
     * Does what is due.
     *
     * @param link looks after the old queues
     * @param wanted see {@link LayoutChange#tick}
     */
    void tick(Connection link, boolean leads, Set<Integer> wanted) {
        check(link);
        for (Effect effect : change.tick(leads, wanted, timers.nanos())) {
            effect.perform(this);
        }
    }

    /** Looks which old queues are left. */
    void check(Connection link) {
        if (change.old().isEmpty()) {
            return;
        }
        try {
            Set<Part> missing = missing(link);
            if (!missing.isEmpty()) {
                change.gone(missing);
                changed.run();
            }
        } catch (IOException | ShutdownSignalException e) {
            LOG.debug("group {}: cannot look after the old queues: {}", spec.name(), e.toString());
        }
    }

    private Set<Part> missing(Connection link) throws IOException {
        Set<Part> missing = new HashSet<>();
        for (Part part : change.old()) {
            if (!GroupQueues.exists(link, queue(part))) {
                missing.add(part);
            }
        }
        return missing;
    }

    /** Everything in front of the end marker of this queue is settled. */
    void drained(Connection link, Part part) throws IOException {
        GroupQueues.delete(link, queue(part));
        LOG.debug("group {}: {} is emptied and deleted", spec.name(), queue(part));
        check(link);
    }

    // ---- effects ----------------------------------------------------------------------------------------------

    @Override
    public void decide(int partitions) {
        inBackground("decide on " + partitions + " partitions", () -> {
            GroupLayout last = known();
            GroupLayout layout = connected(own -> update(own, present -> {
                GroupLayout now = orReborn(present, last);
                return now.changing() || now.partitions() == partitions
                        ? now
                        : now.changed(partitions, timers.epochMillis());
            }));
            control.accept(() -> learned(layout));
        });
    }

    @Override
    public void prepare(GroupLayout layout) {
        inBackground("prepare " + layout.partitions() + " partitions", () -> {
            GroupLayout now = connected(own -> {
                GroupLayout present = update(own, found -> {
                    if (isStill(found, layout)) {
                        queues.declare(own, partitions(layout));
                    }
                    return orReborn(found, layout);
                });
                if (isStill(present, layout)) {
                    queues.bind(own, GroupTopology.of(spec, layout).partitionBindings(present.events()));
                }
                return present;
            });
            control.accept(() -> {
                learned(now);
                change.prepared(layout.generation(), timers.nanos());
            });
        });
    }

    private static boolean isStill(@Nullable GroupLayout found, GroupLayout layout) {
        return found != null && found.changing() && found.generation() == layout.generation();
    }

    @Override
    public void cut(GroupLayout layout, Set<Part> old) {
        inBackground("cut " + layout.former() + " partitions", () -> {
            GroupLayout now = connected(own -> update(own, found -> {
                GroupLayout present = orReborn(found, layout);
                return isStill(found, layout) ? present.cut(timers.epochMillis()) : present;
            }));
            control.accept(() -> learned(now));
            if (!isStill(now, layout)) {
                return;
            }
            AtomicInteger failures = new AtomicInteger();
            for (Part part : old) {
                // Not mandatory: it may be gone.
                publisher.publish("", queue(part), false, EndMarker.of(queue(part)), new byte[0], confirmed -> {
                    if (!confirmed && failures.incrementAndGet() == 1) {
                        control.accept(change::failed);
                    }
                });
            }
        });
    }

    @Override
    public void finish(GroupLayout layout) {
        inBackground("finish the change to " + layout.partitions() + " partitions", () -> {
            GroupLayout now = connected(own -> update(own, found -> {
                GroupLayout present = orReborn(found, layout);
                return isStill(found, layout) ? present.finished() : present;
            }));
            control.accept(() -> learned(now));
        });
    }

    // ---- plumbing ---------------------------------------------------------------------------------------------

    private interface Work<T> {
        T with(Connection own) throws IOException;
    }

    private interface Task {
        void run() throws IOException;
    }

    /** On the connection that publishes: whatever is done with the lock ends with it. */
    private <T> T connected(Work<T> work) throws IOException {
        try {
            return work.with(publisher.connection());
        } catch (TimeoutException e) {
            throw new IOException("the broker did not answer in time", e);
        } catch (ShutdownSignalException e) {
            throw new IOException("the connection ended: " + e.getMessage(), e);
        }
    }

    private GroupLayout update(Connection own, LayoutRegister.Step step) throws IOException {
        // The broker keeps connections apart, not the threads that share one.
        synchronized (registering) {
            return LayoutRegister.update(own, spec.name(), step);
        }
    }

    private void inBackground(String what, Task task) {
        inBackground(what, task, change::failed);
    }

    private void inBackground(String what, Task task, Runnable failed) {
        try {
            worker.execute(() -> {
                try {
                    task.run();
                } catch (IOException | ShardlineException | IllegalArgumentException e) {
                    LOG.warn("group {}: cannot {}, will try again: {}", spec.name(), what, e.toString());
                    control.accept(failed);
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.trace("group {} is closed", spec.name());
        }
    }
}
