package dev.shardline.sdk.layout;

import dev.shardline.contract.GroupLayout;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this instance consumes of its group, and what it does for a change while it leads. See {@code docs/adr/0012}.
 *
 * <p>A wrong view of who leads costs work done twice, never an event. Performs no I/O, reads no clock. Confined to
 * control.
 */
public final class LayoutChange {
    /** From the last new binding to the marker: an event that was routed before it must reach its old queue before. */
    public static final Duration SETTLE = Duration.ofSeconds(5);
    /** Until a marker is put again, in case a limit of the queue has dropped it. */
    static final Duration REPEAT = Duration.ofMinutes(1);
    /** Until a step is tried again whose outcome was not reported. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private enum Lead {
        /** Does not lead, or has done nothing yet. */
        NONE,
        DECIDING,
        PREPARING,
        SETTLING,
        CUT,
        FINISHING
    }

    private @Nullable GroupLayout layout;
    private Set<Part> old = Set.of();
    private Lead lead = Lead.NONE;
    private long since;

    /** The layout as it was last read; null before the first time. */
    public @Nullable GroupLayout layout() {
        return layout;
    }

    /** Whether this revision is news. */
    public boolean isNews(long revision) {
        return layout == null || revision > layout.revision();
    }

    /** What was known holds no longer: the broker has forgotten it. */
    public void forget() {
        layout = null;
        old = Set.of();
        lead = Lead.NONE;
    }

    /**
     * The layout was read.
     *
     * @return whether it is news
     */
    public boolean learned(GroupLayout now) {
        GroupLayout before = layout;
        if (before != null && now.revision() <= before.revision()) {
            return false;
        }
        layout = now;
        if (!now.changing()) {
            old = Set.of();
            lead = Lead.NONE;
        } else if (before == null || before.generation() != now.generation() || !before.changing()) {
            old = parts(now.generation() - 1, now.former());
            lead = Lead.NONE;
        }
        return true;
    }

    /** These queues of the former generation are not on the broker any more. */
    public void gone(Set<Part> which) {
        Set<Part> left = new LinkedHashSet<>(old);
        left.removeAll(which);
        old = Set.copyOf(left);
    }

    /** The queues of the former generation that are not known to be gone. */
    public Set<Part> old() {
        return old;
    }

    /** What is to be consumed now: the old partitions that are left, and the new ones that share no slot with them. */
    public Set<Part> consumed() {
        Set<Part> consumed = new LinkedHashSet<>(old);
        GroupLayout now = layout;
        if (now != null) {
            for (Part part : parts(now.generation(), now.partitions())) {
                if (old.stream().noneMatch(part::sharesSlots)) {
                    consumed.add(part);
                }
            }
        }
        return consumed;
    }

    private static Set<Part> parts(int generation, int partitions) {
        Set<Part> parts = new LinkedHashSet<>();
        for (int partition = 0; partition < partitions; partition++) {
            parts.add(new Part(generation, partition, partitions));
        }
        return parts;
    }

    /**
     * Time has passed, or something else may have to be done.
     *
     * @param leads whether this instance is the one that does it
     * @param wanted what the running instances ask for, each number once; 0 for one that does not say
     */
    public List<Effect> tick(boolean leads, Set<Integer> wanted, long nowNanos) {
        GroupLayout now = layout;
        if (!leads || now == null) {
            lead = Lead.NONE;
            return List.of();
        }
        Optional<Effect> effect = now.changing() ? change(now, nowNanos) : decide(now, wanted, nowNanos);
        return effect.stream().toList();
    }

    private Optional<Effect> decide(GroupLayout now, Set<Integer> wanted, long nowNanos) {
        if (wanted.size() != 1 || wanted.contains(0) || wanted.contains(now.partitions())) {
            lead = Lead.NONE;
            return Optional.empty();
        }
        if (lead == Lead.DECIDING && nowNanos - since < PATIENCE.toNanos()) {
            return Optional.empty();
        }
        enter(Lead.DECIDING, nowNanos);
        return Optional.of(new Effect.Decide(wanted.iterator().next()));
    }

    private Optional<Effect> change(GroupLayout now, long nowNanos) {
        long waited = nowNanos - since;
        if (old.isEmpty()) {
            if (lead == Lead.FINISHING && waited < PATIENCE.toNanos()) {
                return Optional.empty();
            }
            enter(Lead.FINISHING, nowNanos);
            return Optional.of(new Effect.Finish(now));
        }
        return switch (lead) {
            case PREPARING -> waited < PATIENCE.toNanos() ? Optional.empty() : prepare(now, nowNanos);
            case SETTLING -> waited < SETTLE.toNanos() ? Optional.empty() : cut(now, nowNanos);
            case CUT -> waited < REPEAT.toNanos() ? Optional.empty() : cut(now, nowNanos);
            case NONE, DECIDING, FINISHING -> prepare(now, nowNanos);
        };
    }

    private Optional<Effect> prepare(GroupLayout now, long nowNanos) {
        enter(Lead.PREPARING, nowNanos);
        return Optional.of(new Effect.Prepare(now));
    }

    private Optional<Effect> cut(GroupLayout now, long nowNanos) {
        enter(Lead.CUT, nowNanos);
        return Optional.of(new Effect.Cut(now, old));
    }

    private void enter(Lead next, long nowNanos) {
        lead = next;
        since = nowNanos;
    }

    /** Every new binding of the generation is made. */
    public void prepared(int generation, long nowNanos) {
        if (layout != null && layout.generation() == generation && lead == Lead.PREPARING) {
            enter(Lead.SETTLING, nowNanos);
        }
    }

    /** A step did not succeed: everything is done again. */
    public void failed() {
        lead = Lead.NONE;
    }
}
