package dev.shardline.gateway.publish;

import dev.shardline.gateway.spool.Spool;
import dev.shardline.gateway.spool.SpoolFullException;
import dev.shardline.gateway.spool.SpoolLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the disk, and the lanes' watch: writes what finds no room in memory, reads it back in order
 * when there is room, copies memory to the disk when the broker is away, and gives up connections that confirm nothing.
 */
final class Spooler implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Spooler.class);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long RETRY_DISK = TimeUnit.SECONDS.toNanos(1);
    /** How long a place of the disk may be unreadable until what lies there is given up. */
    private static final long GIVE_UP_READING = TimeUnit.SECONDS.toNanos(60);

    private static final int WRITE_MESSAGES = 4_096;
    private static final long WRITE_BYTES = 4L << 20;
    private static final int READ_MESSAGES = 1_024;
    private static final int EXPIRE_MESSAGES = 64;
    private static final long EXPIRE_BYTES = 256 << 10;

    private final List<Lane> lanes;
    private final Spool spool;
    private final SpoolBudget budget;
    private final PublishCounters counters;
    private final LongSupplier nanos;
    private final Expiry expiry;
    private final Runnable afterRound;
    /** One write must not be what a small spool has no room for. */
    private final long writeBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wakeUp = lock.newCondition();
    private boolean signalled;
    private boolean stopping;

    private volatile @Nullable String failure;
    /** What cannot be read back, null when all can. It holds up the stripes concerned and nothing else. */
    private volatile @Nullable String unreadable;
    /** What of the spool this version cannot read, null when it can read all. */
    private volatile @Nullable String undecodable;

    private volatile long oldestMicros;
    private long retryDiskAt;

    Spooler(
            List<Lane> lanes,
            Spool spool,
            SpoolBudget budget,
            PublishCounters counters,
            LongSupplier nanos,
            Expiry expiry,
            Runnable afterRound) {
        this.lanes = lanes;
        this.spool = spool;
        this.budget = budget;
        this.counters = counters;
        this.nanos = nanos;
        this.expiry = expiry;
        this.afterRound = afterRound;
        this.writeBytes = Math.min(WRITE_BYTES, spool.maxBytes() / 8);
    }

    /** There is something to write. */
    void signal() {
        lock.lock();
        try {
            if (!signalled) {
                signalled = true;
                wakeUp.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread after the current round. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            wakeUp.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Why the disk takes nothing, or gives nothing back; null while it does both. */
    @Nullable
    String failure() {
        String write = failure;
        String read = unreadable;
        return write != null ? write : read != null ? read : undecodable;
    }

    /** Why the disk takes nothing, null while it does. */
    @Nullable
    String writeFailure() {
        return failure;
    }

    /** Time of receipt of the event that was read last from a spool that is not empty, else 0. */
    long oldestMicros() {
        return oldestMicros;
    }

    @Override
    @SuppressWarnings("CatchThrowable") // an Error that ends this thread would end all writing, without a word
    public void run() {
        while (await()) {
            try {
                round();
            } catch (Throwable e) {
                log.error("A round of the spool failed", e);
                failed(e, nanos.getAsLong());
            }
        }
    }

    private boolean await() {
        lock.lock();
        try {
            long left = TICK;
            while (!signalled && !stopping && left > 0) {
                left = wakeUp.awaitNanos(left);
            }
            signalled = false;
            return !stopping;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void round() {
        long now = nanos.getAsLong();
        boolean anySpooling = false;
        boolean anyUndecoded = false;
        String cannotRead = null;
        for (Lane lane : lanes) {
            boolean away = lane.checkTime(now);
            for (Stripe stripe : lane.stripes()) {
                if (failure == null || now - retryDiskAt >= 0) {
                    if (away) {
                        persist(lane, stripe, now);
                    }
                    write(lane, stripe, now);
                }
                if (lane.isSpooling(stripe)) {
                    anySpooling = true;
                    drain(lane, stripe, now);
                    anyUndecoded |= !stripe.ahead.isEmpty();
                    cannotRead = stripe.readTrouble == null ? cannotRead : stripe.readTrouble.text();
                    budget.giveBack(lane.passDisk(stripe));
                    lane.endSpooling(stripe);
                } else if (stripe.log.size() == 0) {
                    stripe.emptyAt(now);
                }
                tidy(stripe, now);
            }
        }
        unreadable = cannotRead;
        if (!anyUndecoded) {
            undecodable = null;
        }
        if (!anySpooling) {
            oldestMicros = 0;
            lookAtDisk(now);
        }
        expiry.report();
        budget.pressed(failure != null || spool.bytes() > spool.maxBytes() / 10 * 8);
        afterRound.run();
    }

    /** With nothing to write no success would tell that there is room again. */
    private void lookAtDisk(long now) {
        if (failure == null || now - retryDiskAt < 0) {
            return;
        }
        try {
            spool.requireRoom(writeBytes);
            succeeded();
        } catch (IOException e) {
            failed(e, now);
        }
    }

    /** The last act: everything in memory becomes durable. */
    void persistEverything() {
        long now = nanos.getAsLong();
        for (Lane lane : lanes) {
            for (Stripe stripe : lane.stripes()) {
                persist(lane, stripe, now);
                write(lane, stripe, now);
                tidy(stripe, now);
            }
        }
        expiry.reportAll();
    }

    /** Returns false when the disk does not take them. */
    private boolean persist(Lane lane, Stripe stripe, long now) {
        List<Pending> all = lane.toPersist(stripe);
        if (all.isEmpty()) {
            return true;
        }
        List<byte[]> records = new ArrayList<>(all.size());
        for (Pending pending : all) {
            records.add(EventRecord.encode(pending));
        }
        // What was read and not taken is behind them, and stays there.
        for (SpoolLog.Stored behind : stripe.ahead) {
            records.add(behind.record());
        }
        try {
            List<Long> positions = stripe.log.replaceRead(records);
            lane.persisted(all, positions.subList(0, all.size()));
            List<SpoolLog.Stored> ahead = new ArrayList<>();
            for (int i = all.size(); i < records.size(); i++) {
                ahead.add(new SpoolLog.Stored(positions.get(i), records.get(i)));
            }
            stripe.ahead = ahead;
            succeeded();
            return true;
        } catch (IOException e) {
            notTaken(e, now);
            return false;
        }
    }

    private void write(Lane lane, Stripe stripe, long now) {
        // What is in memory is older. Without it on the disk first, a crash would leave the newer ones alone there, and
        // the
        // next process would publish them before Discord's replay of the older ones.
        if (!lane.awaitsDisk(stripe) || !persist(lane, stripe, now)) {
            return;
        }
        while (true) {
            List<Pending> taken = lane.takeToDisk(stripe, WRITE_MESSAGES, writeBytes);
            if (taken.isEmpty()) {
                return;
            }
            List<byte[]> records = new ArrayList<>(taken.size());
            long bytes = 0;
            boolean written = false;
            try {
                for (Pending pending : taken) {
                    records.add(EventRecord.encode(pending));
                    bytes += pending.size();
                }
                stripe.log.append(records);
                written = true;
            } catch (IOException e) {
                notTaken(e, now);
                return;
            } finally {
                if (!written) {
                    lane.putBack(stripe, taken);
                }
            }
            succeeded();
            counters.spooled.add(taken.size());
            budget.giveBack(bytes);
            for (Pending pending : taken) {
                pending.settle();
            }
        }
    }

    private void notTaken(IOException e, long now) {
        failed(e, now);
        if (e instanceof SpoolFullException && expireOldest(now)) {
            retryDiskAt = now;
        }
    }

    /** Makes room of what would be dropped anyway. Returns false when there is no such thing. */
    private boolean expireOldest(long now) {
        boolean any = false;
        for (Lane lane : lanes) {
            for (Stripe stripe : lane.stripes()) {
                if (stripe.readTrouble == null && expireOldest(stripe)) {
                    any = true;
                    tidy(stripe, now);
                }
            }
        }
        return any;
    }

    private boolean expireOldest(Stripe stripe) {
        boolean any = false;
        while (true) {
            List<SpoolLog.Stored> stored;
            try {
                stored = stripe.ahead.isEmpty() ? stripe.log.read(EXPIRE_MESSAGES, EXPIRE_BYTES) : stripe.ahead;
            } catch (IOException e) {
                // To drain them will fail as well, and says so.
                return any;
            }
            int expired = 0;
            while (expired < stored.size() && expired(stored.get(expired), stripe)) {
                stripe.log.release(stored.get(expired).position());
                expired++;
            }
            any |= expired > 0;
            stripe.ahead = List.copyOf(stored.subList(expired, stored.size()));
            if (stored.isEmpty() || !stripe.ahead.isEmpty()) {
                return any;
            }
        }
    }

    private boolean expired(SpoolLog.Stored stored, Stripe stripe) {
        Pending pending;
        try {
            pending = EventRecord.decode(stored.record(), stripe);
        } catch (RuntimeException e) {
            // Another version may know it; whoever drains it says so.
            return false;
        }
        if (!expiry.tooOld(pending)) {
            return false;
        }
        expiry.dropped(pending);
        return true;
    }

    private void drain(Lane lane, Stripe stripe, long now) {
        Stripe.ReadTrouble trouble = stripe.readTrouble;
        if (trouble != null && now - trouble.retryAt() < 0) {
            return;
        }
        try {
            long room;
            while ((room = lane.roomForDrain()) > 0) {
                List<SpoolLog.Stored> stored = stripe.ahead.isEmpty()
                        ? stripe.log.read(READ_MESSAGES, Math.min(room, WRITE_BYTES))
                        : stripe.ahead;
                if (trouble != null) {
                    log.info("spool/{} is read again", stripe.index);
                    stripe.readTrouble = null;
                    trouble = null;
                }
                if (stored.isEmpty()) {
                    return;
                }
                // Until the lane has them.
                stripe.ahead = stored;
                List<Pending> events = new ArrayList<>(stored.size());
                for (int i = 0; i < stored.size(); i++) {
                    SpoolLog.Stored one = stored.get(i);
                    Pending pending;
                    try {
                        pending = EventRecord.decode(one.record(), stripe);
                    } catch (RuntimeException e) {
                        // Another version may know it. Neither it nor what follows is lost: all of it waits here.
                        stripe.ahead = List.copyOf(stored.subList(i, stored.size()));
                        lane.drained(events);
                        cannotDecode(e);
                        return;
                    }
                    pending.position = one.position();
                    oldestMicros = pending.dispatch.receivedMicros();
                    if (expiry.tooOld(pending)) {
                        expiry.dropped(pending);
                        stripe.log.release(one.position());
                    } else {
                        events.add(pending);
                    }
                }
                stripe.ahead = List.of();
                lane.drained(events);
            }
        } catch (IOException e) {
            cannotRead(stripe, e, now);
        }
    }

    /**
     * The stripe waits, and tries again. What stays unreadable for too long is given up, counted and named in the log, if
     * it is a place: when the disk gives nothing at all, or not even the file, everything waits for it.
     */
    private void cannotRead(Stripe stripe, IOException e, long now) {
        Stripe.ReadTrouble before = stripe.readTrouble;
        String text = "spool/" + stripe.index + " cannot be read: " + e.getMessage();
        if (before == null || !before.text().equals(text)) {
            log.error(
                    "{}. Its events wait, other shards go on; places that cannot be read for {} s are given up",
                    text,
                    TimeUnit.NANOSECONDS.toSeconds(GIVE_UP_READING));
        }
        long since = before == null ? now : before.since();
        long retryAt = now + RETRY_DISK;
        if (now - since >= GIVE_UP_READING) {
            try {
                stripe.log.skipUnreadable();
                retryAt = now;
            } catch (IOException again) {
                log.debug("{}: nothing is given up ({})", text, again.getMessage());
            }
        }
        stripe.readTrouble = new Stripe.ReadTrouble(text, since, retryAt);
    }

    private void tidy(Stripe stripe, long now) {
        try {
            stripe.log.tidy();
        } catch (IOException e) {
            failed(e, now);
        }
    }

    private void failed(Throwable e, long now) {
        String text = e.getClass().getSimpleName() + ": " + e.getMessage();
        if (!text.equals(failure)) {
            log.error("The spool does not work, events stay in memory: {}", text);
        }
        failure = text;
        retryDiskAt = now + RETRY_DISK;
    }

    private void cannotDecode(RuntimeException e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        if (!text.equals(undecodable)) {
            log.error("Events in the spool wait: {}", text);
        }
        undecodable = text;
    }

    private void succeeded() {
        if (failure != null) {
            log.info("The spool works again");
            failure = null;
        }
    }
}
