package dev.shardline.simulator.ledger;

import dev.shardline.simulator.net.Ticks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's side of the ledger: call {@link #saw(byte[])} where an event is handled, then ask for a report.
 *
 * <p>One audit belongs to one consumer group; several may run over one ledger. Safe on any thread, but order is
 * judged by the order of the calls, so events of one guild must be reported one after another as they are handled.
 */
public final class Audit {
    private static final int EXAMPLES = 20;

    private final Ledger ledger;
    private final Set<String> onlyTypes;
    private final Set<String> apart;
    private final ConcurrentHashMap<Long, Tally> tallies = new ConcurrentHashMap<>();
    private final AtomicLong foreign = new AtomicLong();
    private final AtomicLong unmarked = new AtomicLong();
    private final AtomicLong lastSeen = new AtomicLong();
    private final AtomicLong longestSilence = new AtomicLong();

    /** What was seen of one guild. */
    private static final class Tally {
        private final Bits seen = new Bits();
        private int highest;
        private int highestApart;
        private long duplicated;
        private long redelivered;
        private long outOfOrder;

        synchronized void saw(int number, boolean flagged, boolean apart) {
            if (!seen.add(number)) {
                if (flagged) {
                    redelivered++;
                } else {
                    duplicated++;
                }
            } else if (number < (apart ? highestApart : highest)) {
                outOfOrder++;
            } else if (apart) {
                highestApart = number;
            } else {
                highest = number;
            }
        }

        synchronized boolean contains(int number) {
            return seen.contains(number);
        }

        synchronized long[] counts() {
            return new long[] {seen.count(), duplicated, redelivered, outOfOrder};
        }
    }

    Audit(Ledger ledger, Set<String> onlyTypes, Set<String> apart) {
        this.ledger = ledger;
        this.onlyTypes = onlyTypes;
        this.apart = apart;
    }

    /**
     * An audit of its own that has seen nothing yet and judges the order of these event types among themselves, for a
     * consumer that gets them ahead of the others: Shardline's express lane does so with {@code INTERACTION_CREATE}.
     */
    public Audit withOrderApart(Collection<String> types) {
        return new Audit(ledger, onlyTypes, Set.copyOf(types));
    }

    /** The handler got this {@code d}. Bytes without a marker (READY, GUILD_CREATE) are only counted. */
    public void saw(byte[] d) {
        saw(Marker.find(d), false);
    }

    /** The handler got this {@code d}; when it comes a second time it counts as a flagged redelivery. */
    public void sawRedelivered(byte[] d) {
        saw(Marker.find(d), true);
    }

    /** The handler got the event with this marker, null for an event without one. */
    public void saw(@Nullable Marker marker) {
        saw(marker, false);
    }

    /** Whether the handler ever got that event of this ledger. */
    public boolean hasSeen(Marker event) {
        Tally tally = tallies.get(event.guildId());
        return event.run() == ledger.run() && tally != null && tally.contains(event.number());
    }

    private void saw(@Nullable Marker marker, boolean flagged) {
        if (marker == null) {
            unmarked.incrementAndGet();
            return;
        }
        if (marker.run() != ledger.run()) {
            foreign.incrementAndGet();
            return;
        }
        long now = Ticks.now();
        long before = lastSeen.getAndSet(now);
        if (before != 0) {
            longestSilence.accumulateAndGet(now - before, Math::max);
        }
        tallies.computeIfAbsent(marker.guildId(), id -> new Tally())
                .saw(marker.number(), flagged, !apart.isEmpty() && apart.contains(ledger.typeOf(marker)));
    }

    /** True when nothing owed is missing. Walks over all events: fine every 100 ms, not in a loop. */
    public boolean complete() {
        return report().lost() == 0;
    }

    /** What the books say now. Events still under way count as lost: generate, stop, wait, then ask. */
    public AuditReport report() {
        long expected = 0;
        long seen = 0;
        long lost = 0;
        long excused = 0;
        int longestRun = 0;
        Map<String, Long> lostByType = new TreeMap<>();
        List<Marker> examples = new ArrayList<>();
        for (Map.Entry<Long, Ledger.Account> entry : ledger.accounts().entrySet()) {
            long guildId = entry.getKey();
            Ledger.Account account = entry.getValue();
            Tally tally = tallies.get(guildId);
            int last = account.last();
            int run = 0;
            for (int number = 1; number <= last; number++) {
                String type = ledger.typeName(account.type(number));
                if (!onlyTypes.isEmpty() && !onlyTypes.contains(type)) {
                    continue;
                }
                expected++;
                if (tally != null && tally.contains(number)) {
                    seen++;
                    run = 0;
                } else if (account.isDiscarded(number)) {
                    excused++;
                    run = 0;
                } else {
                    lost++;
                    longestRun = Math.max(longestRun, ++run);
                    lostByType.merge(type, 1L, Long::sum);
                    if (examples.size() < EXAMPLES) {
                        examples.add(new Marker(ledger.run(), guildId, number));
                    }
                }
            }
        }
        long duplicated = 0;
        long redelivered = 0;
        long outOfOrder = 0;
        for (Tally tally : tallies.values()) {
            long[] counts = tally.counts();
            duplicated += counts[1];
            redelivered += counts[2];
            outOfOrder += counts[3];
        }
        return new AuditReport(
                expected,
                seen,
                lost,
                excused,
                duplicated,
                redelivered,
                outOfOrder,
                longestRun,
                Duration.ofNanos(longestSilence.get()),
                unmarked.get(),
                foreign.get(),
                lostByType,
                examples);
    }
}
