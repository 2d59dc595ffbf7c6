package dev.shardline.gateway.publish;

import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.broker.PublishChannel;
import java.io.IOException;
import java.util.ArrayDeque;
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
 * The ordered way of some shards to the broker: one thread, one connection with one channel, a window of unconfirmed
 * messages.
 *
 * <p>Whatever goes wrong, the answer is the same: everything unconfirmed goes back to the front of the queue, in order,
 * and is sent again on a new connection. After a nack the lane waits until everything in flight is answered, sends what
 * was refused, and goes on one by one until the broker accepts again. See {@link Refusing} for what that means to order.
 *
 * <p>The lock is held for moving references only, never for I/O.
 */
final class Lane implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH_MESSAGES = 256;
    private static final long BATCH_BYTES = 256 * 1024;
    private static final long NACK_PAUSE_MIN = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long NACK_PAUSE_MAX = TimeUnit.SECONDS.toNanos(1);

    private final int index;
    private final List<Stripe> stripes;
    private final PublishSettings settings;
    private final EventFrames frames;
    private final Connector connector;
    private final PublishCounters counters;
    private final SpoolBudget budget;
    private final MessageLimit limit;
    private final Expiry expiry;
    private final Backoff backoff;
    private final LongSupplier nanos;
    private final Runnable diskWork;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();

    /** Everything below is guarded by the lock. */
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();

    private final InFlight inFlight = new InFlight();
    private final Refusing refusing;
    private final List<Pending> refused = new ArrayList<>();
    private final List<Pending> answers = new ArrayList<>();
    private long order;
    private long memoryBytes;
    private int memoryMessages;
    private @Nullable PublishChannel channel;
    private boolean connected;
    private @Nullable String blocked;
    /** After a nack, until the broker has accepted again. */
    private boolean probing;

    private long probeAt;
    private long nackPause = NACK_PAUSE_MIN;
    /** From when on answers can be expected: the start of the connection, or the end of an alarm. */
    private long answersSince;

    private boolean sleeping;
    /** Whether the current or last connection has confirmed anything. */
    private boolean proven;

    private boolean stopping;
    private String reason = "not connected yet";
    private long troubleSince;
    private boolean inTrouble;
    private boolean away;

    /** Opens the lane's connection and sees to the topology. */
    @FunctionalInterface
    interface Connector {
        PublishChannel connect(int lane);
    }

    Lane(
            int index,
            List<Stripe> stripes,
            PublishSettings settings,
            boolean rejecting,
            Connector connector,
            PublishCounters counters,
            SpoolBudget budget,
            MessageLimit limit,
            Expiry expiry,
            Backoff backoff,
            LongSupplier nanos,
            Runnable diskWork) {
        this.index = index;
        this.stripes = stripes;
        this.settings = settings;
        this.frames = new EventFrames(settings.applicationId(), settings.mandatory());
        this.refusing = new Refusing(rejecting, settings.refusedFor().toNanos());
        this.connector = connector;
        this.counters = counters;
        this.budget = budget;
        this.limit = limit;
        this.expiry = expiry;
        this.backoff = backoff;
        this.nanos = nanos;
        this.diskWork = diskWork;
    }

    List<Stripe> stripes() {
        return stripes;
    }

    /** What became of an offered event. */
    enum Offer {
        TAKEN,
        /** Dropped, because it is of a kind that may be and the disk takes nothing, or soon will not. */
        SHED,
        /** There is no room now; it is to be fetched again. */
        FULL
    }

    /** Takes an event over if there is room, in memory or on the way to the disk. Called by the shards' readers. */
    Offer offer(Pending pending) {
        Stripe stripe = pending.stripe;
        lock.lock();
        try {
            if (!stripe.spooling && !away && hasMemory(pending)) {
                queue.add(pending);
                remember(pending);
                wake();
                return Offer.TAKEN;
            }
            if (budget.pressed() && settings.sheddable().contains(pending.dispatch.type())) {
                return Offer.SHED;
            }
            // A burst that is faster than a disk that works costs nothing: it stays at Discord until the buffer is
            // empty.
            if (!budget.take(pending.size())) {
                return Offer.FULL;
            }
            stripe.spooling = true;
            stripe.toDisk.add(pending);
        } finally {
            lock.unlock();
        }
        diskWork.run();
        return Offer.TAKEN;
    }

    @Override
    public void run() {
        while (true) {
            PublishChannel opened = connect();
            if (opened == null) {
                return;
            }
            publish(opened);
        }
    }

    private @Nullable PublishChannel connect() {
        while (true) {
            lock.lock();
            try {
                if (stopping) {
                    return null;
                }
            } finally {
                lock.unlock();
            }
            long pause;
            try {
                return connector.connect(index);
            } catch (RuntimeException e) {
                // Mostly a BrokerException, whose text says it all. Anything else must not end the lane either.
                pause = backoff.next();
                String text = e instanceof BrokerException known ? known.inWords() : e.toString();
                lock.lock();
                try {
                    if (!reason.equals(text)) {
                        log.warn("Lane {} cannot publish: {}", index, text);
                    }
                    reason = text;
                } finally {
                    lock.unlock();
                }
            }
            sleep(pause);
        }
    }

    private void sleep(long pause) {
        lock.lock();
        try {
            long left = pause;
            while (left > 0 && !stopping) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            stopping = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void publish(PublishChannel opened) {
        lock.lock();
        try {
            if (stopping) {
                opened.kill();
                return;
            }
            channel = opened;
            connected = true;
            blocked = null;
            probing = false;
            reason = "";
            proven = false;
            answersSince = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
        opened.listen(new Events(opened));
        log.debug("Lane {} is connected", index);
        List<Pending> batch = new ArrayList<>(BATCH_MESSAGES);
        List<Pending> leftOut = new ArrayList<>();
        int number = opened.number();
        int frameMax = opened.frameMax();
        while (take(opened, batch, leftOut)) {
            leftOut.forEach(this::tell);
            leftOut.clear();
            if (batch.isEmpty()) {
                continue;
            }
            try {
                opened.write(output -> {
                    for (Pending pending : batch) {
                        frames.write(output, number, frameMax, pending);
                    }
                });
            } catch (IOException | RuntimeException e) {
                end(opened, String.valueOf(e.getMessage()));
                break;
            }
            batch.clear();
        }
        opened.kill();
        if (isProven()) {
            backoff.reset();
        } else {
            // Connected, and thrown out before the first confirm: that must not become a busy loop.
            sleep(backoff.next());
        }
    }

    private boolean isProven() {
        lock.lock();
        try {
            return proven;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something that may be sent and moves it into the window. False when the channel is over. */
    private boolean take(PublishChannel opened, List<Pending> batch, List<Pending> leftOut) {
        lock.lock();
        try {
            while (true) {
                if (channel != opened) {
                    return false;
                }
                long wait = retryRefused();
                if (leaveOut(leftOut)) {
                    return true;
                }
                if (wait == 0 && !queue.isEmpty() && mayExceed(queue.peek())) {
                    break;
                }
                sleeping = true;
                try {
                    if (wait > 0) {
                        long left = work.awaitNanos(wait);
                        assert left <= wait;
                    } else {
                        work.await();
                    }
                } finally {
                    sleeping = false;
                }
            }
            long now = nanos.getAsLong();
            long bytes = 0;
            Pending next;
            while ((next = queue.peek()) != null
                    && batch.size() < BATCH_MESSAGES
                    && bytes < BATCH_BYTES
                    && publishable(next)
                    && mayExceed(next)) {
                queue.remove();
                next.sentAt = now;
                inFlight.sent(next);
                refusing.sent(next, now);
                batch.add(next);
                bytes += next.size();
                counters.published.increment();
                counters.publishedBytes.add(next.body.length);
                if (next.again) {
                    counters.republished.increment();
                }
            }
            return true;
        } catch (InterruptedException e) {
            channel = null;
            stopping = true;
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Settles what is next and not to be published: larger than the broker takes, which may have become known after it was
     * accepted, or copied to the disk so long ago that it would have been dropped there.
     */
    private boolean leaveOut(List<Pending> leftOut) {
        Pending next;
        while ((next = queue.peek()) != null && !publishable(next)) {
            leftOut.add(queue.remove());
            done(next);
        }
        return !leftOut.isEmpty();
    }

    private boolean publishable(Pending pending) {
        return limit.fits(pending.body) && (pending.position == Pending.NOWHERE || !expiry.tooOld(pending));
    }

    private void tell(Pending leftOut) {
        if (limit.fits(leftOut.body)) {
            expiry.dropped(leftOut);
        } else {
            limit.leftOut(leftOut.dispatch, leftOut.body.length);
        }
    }

    private void done(Pending pending) {
        pending.done = true;
        pending.settle();
        if (pending.position != Pending.NOWHERE) {
            pending.stripe.log.release(pending.position);
        }
        memoryMessages--;
        memoryBytes -= pending.size();
    }

    /** Whether one more message may be in flight. Also bounds the distance to the oldest one. */
    private boolean mayExceed(@Nullable Pending next) {
        if (next == null) {
            return false;
        }
        if (inFlight.size() == 0) {
            return true;
        }
        return !probing
                && !refusing.mustWait(next)
                && inFlight.span() < settings.windowMessages()
                && inFlight.bytes() + next.size() <= settings.windowBytes();
    }

    /** Zero when sending may go on, the nanoseconds to wait, or -1 to wait for an answer. */
    private long retryRefused() {
        if (refused.isEmpty()) {
            if (probing) {
                long wait = probeAt - nanos.getAsLong();
                return wait > 0 ? wait : 0;
            }
            return 0;
        }
        if (inFlight.size() > 0) {
            return -1;
        }
        refusing.nothingInFlight();
        for (int i = refused.size() - 1; i >= 0; i--) {
            queue.addFirst(refused.get(i));
        }
        refused.clear();
        if (refusing.givingUp()) {
            return 0;
        }
        probing = true;
        probeAt = nanos.getAsLong() + nackPause;
        nackPause = Math.min(NACK_PAUSE_MAX, nackPause * 2);
        return probeAt - nanos.getAsLong();
    }

    /** The one end of every connection. Whatever is unanswered will be sent again, before everything newer. */
    private void end(PublishChannel ended, String why) {
        limit.learn(why);
        lock.lock();
        try {
            if (channel != ended) {
                return;
            }
            channel = null;
            connected = false;
            blocked = null;
            probing = false;
            reason = why;
            // Refused ones were sent before what is unanswered now, or between: sort by the order of sending.
            List<Pending> again = new ArrayList<>(refused);
            again.addAll(inFlight.clear());
            refusing.disconnected();
            refused.clear();
            again.sort((a, b) -> Long.compare(a.order, b.order));
            for (int i = again.size() - 1; i >= 0; i--) {
                again.get(i).again = true;
                queue.addFirst(again.get(i));
            }
            counters.disconnects.increment();
            work.signalAll();
        } finally {
            lock.unlock();
        }
        if (!stopping) {
            log.warn("Lane {} lost the broker: {}", index, why);
        }
        ended.kill();
    }

    private boolean hasMemory(Pending pending) {
        return memoryMessages < settings.memoryMessages()
                && (memoryMessages == 0 || memoryBytes + pending.size() <= settings.memoryBytes());
    }

    private void remember(Pending pending) {
        pending.order = ++order;
        memoryMessages++;
        memoryBytes += pending.size();
    }

    private void wake() {
        if (sleeping) {
            work.signal();
        }
    }

    /** What the broker says about one channel. Nothing that an old channel says has any effect. */
    private final class Events implements PublishChannel.Listener {
        private final PublishChannel source;

        Events(PublishChannel source) {
            this.source = source;
        }

        @Override
        public void confirmed(long deliveryTag, boolean multiple) {
            lock.lock();
            try {
                if (channel != source) {
                    return;
                }
                inFlight.answered(deliveryTag, multiple, answers);
                answers.forEach(refusing::answered);
                answers.forEach(Lane.this::done);
                counters.confirmed.add(answers.size());
                proven = true;
                if (!answers.isEmpty() && refused.isEmpty()) {
                    probing = false;
                    nackPause = NACK_PAUSE_MIN;
                }
                answers.clear();
                wake();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void refused(long deliveryTag, boolean multiple) {
            lock.lock();
            try {
                if (channel != source) {
                    return;
                }
                long now = nanos.getAsLong();
                inFlight.answered(deliveryTag, multiple, answers);
                counters.nacked.add(answers.size());
                for (Pending pending : answers) {
                    pending.again = true;
                    if (refusing.refused(now)) {
                        refusing.answered(pending);
                        counters.givenUp.increment();
                        done(pending);
                    } else {
                        refused.add(pending);
                    }
                }
                answers.clear();
                refused.sort((a, b) -> Long.compare(a.order, b.order));
                wake();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void returned(String routingKey) {
            counters.unroutable.increment();
        }

        @Override
        public void blocked(String why) {
            lock.lock();
            try {
                if (channel == source) {
                    blocked = why;
                    log.warn("Lane {} is blocked by the broker: {}", index, why);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void unblocked() {
            lock.lock();
            try {
                if (channel == source) {
                    blocked = null;
                    log.info("Lane {} is no longer blocked", index);
                    answersSince = nanos.getAsLong();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void closed(String why) {
            end(source, why);
        }
    }

    // ---- for the spooler's thread ----

    /**
     * Looks at the clock: gives up a connection that confirms nothing, and notices when the broker is away for too long.
     *
     * @return true while memory should be copied to the disk and new events should go there
     */
    boolean checkTime(long now) {
        PublishChannel stalled = null;
        Refusing.Turn turn;
        long givenUp = 0;
        lock.lock();
        try {
            turn = refusing.turn(now);
            switch (turn) {
                case GIVE_UP, GIVE_UP_AGAIN -> {
                    probing = false;
                    nackPause = NACK_PAUSE_MIN;
                    wake();
                }
                case OVER -> givenUp = refusing.takeCount();
                case NONE, HELD -> {}
            }
            long age = confirmAge(now);
            boolean trouble = !connected
                    || blocked != null
                    || probing
                    || age > settings.spoolAfter().toNanos();
            if (trouble && !inTrouble) {
                troubleSince = age > settings.spoolAfter().toNanos() ? now - age : now;
            }
            inTrouble = trouble;
            away = trouble && now - troubleSince >= settings.spoolAfter().toNanos();
            if (connected && blocked == null && age > settings.confirmTimeout().toNanos()) {
                stalled = channel;
            }
        } finally {
            lock.unlock();
        }
        if (turn == Refusing.Turn.GIVE_UP) {
            log.error(
                    "A queue has refused events of lane {} for {} (is it full, or has it no leader?): what it refuses is"
                            + " given up for its group from now on, so that the others get theirs",
                    index,
                    settings.refusedFor());
        } else if (turn == Refusing.Turn.HELD) {
            log.error(
                    "A queue has refused events of lane {} for {}: is it full, or has it no leader? They wait, and all"
                            + " behind them; no configured group has overflow=reject, so nothing is given up",
                    index,
                    settings.refusedFor());
        } else if (turn == Refusing.Turn.OVER) {
            log.warn("Queues have refused no event of lane {} for a minute: {} had been given up", index, givenUp);
        }
        if (stalled != null) {
            end(stalled, "no confirm for " + settings.confirmTimeout());
        }
        return away;
    }

    /** The events of the stripe that are in memory and not yet durable, or all if there is any; new ones go to disk. */
    List<Pending> toPersist(Stripe stripe) {
        lock.lock();
        try {
            List<Pending> all = new ArrayList<>();
            for (Pending pending : refused) {
                if (pending.stripe == stripe) {
                    all.add(pending);
                }
            }
            List<Pending> flying = new ArrayList<>();
            inFlight.copyTo(flying);
            for (Pending pending : flying) {
                if (pending.stripe == stripe) {
                    all.add(pending);
                }
            }
            all.sort((a, b) -> Long.compare(a.order, b.order));
            for (Pending pending : queue) {
                if (pending.stripe == stripe) {
                    all.add(pending);
                }
            }
            boolean durable = true;
            for (Pending pending : all) {
                durable &= pending.position != Pending.NOWHERE;
            }
            if (durable) {
                return List.of();
            }
            stripe.spooling = true;
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** They are on the disk, at these positions. */
    void persisted(List<Pending> all, List<Long> positions) {
        lock.lock();
        try {
            for (int i = 0; i < all.size(); i++) {
                Pending pending = all.get(i);
                if (pending.position == Pending.NOWHERE && !pending.done) {
                    counters.spooled.increment();
                }
                pending.position = positions.get(i);
                if (pending.done) {
                    pending.stripe.log.release(pending.position);
                } else {
                    pending.settle();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether events wait for the disk. */
    boolean awaitsDisk(Stripe stripe) {
        lock.lock();
        try {
            return !stripe.toDisk.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Takes events that wait for the disk, in order. */
    List<Pending> takeToDisk(Stripe stripe, int most, long mostBytes) {
        lock.lock();
        try {
            List<Pending> taken = new ArrayList<>();
            long bytes = 0;
            while (taken.size() < most && bytes < mostBytes && !stripe.toDisk.isEmpty()) {
                Pending pending = stripe.toDisk.remove();
                bytes += pending.size();
                taken.add(pending);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The disk did not take them: they wait again, in front. */
    void putBack(Stripe stripe, List<Pending> taken) {
        lock.lock();
        try {
            for (int i = taken.size() - 1; i >= 0; i--) {
                stripe.toDisk.addFirst(taken.get(i));
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes of spooled events the lane has room for now, 0 while the broker does not take any. */
    long roomForDrain() {
        lock.lock();
        try {
            if (!connected || blocked != null || probing || stopping) {
                return 0;
            }
            // Half of the memory stays free for live events of other stripes.
            return memoryMessages >= settings.memoryMessages() / 2
                    ? 0
                    : Math.max(0, settings.memoryBytes() / 2 - memoryBytes);
        } finally {
            lock.unlock();
        }
    }

    /** Events from the disk, behind everything that is in memory. */
    void drained(List<Pending> events) {
        lock.lock();
        try {
            for (Pending pending : events) {
                queue.add(pending);
                remember(pending);
            }
            counters.drained.add(events.size());
            wake();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends events that wait for the disk without it, if nothing older lies there: the broker takes events again, and the
     * disk may be full for ever.
     *
     * @return their bytes
     */
    long passDisk(Stripe stripe) {
        lock.lock();
        try {
            if (!connected
                    || blocked != null
                    || probing
                    || stopping
                    || away
                    || !stripe.ahead.isEmpty()
                    || stripe.log.hasUnread()) {
                return 0;
            }
            long bytes = 0;
            Pending next;
            while ((next = stripe.toDisk.peek()) != null && hasMemory(next)) {
                queue.add(stripe.toDisk.remove());
                remember(next);
                bytes += next.size();
            }
            wake();
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Lets live events go straight to memory again if nothing of the stripe is left to read or to write. */
    void endSpooling(Stripe stripe) {
        lock.lock();
        try {
            if (stripe.spooling
                    && !away
                    && stripe.toDisk.isEmpty()
                    && stripe.ahead.isEmpty()
                    && !stripe.log.hasUnread()) {
                stripe.spooling = false;
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isSpooling(Stripe stripe) {
        lock.lock();
        try {
            return stripe.spooling;
        } finally {
            lock.unlock();
        }
    }

    /** Whether events of the stripe go to the broker without touching the disk. */
    boolean passes(Stripe stripe) {
        lock.lock();
        try {
            return connected && blocked == null && !probing && refused.isEmpty() && !away && !stripe.spooling;
        } finally {
            lock.unlock();
        }
    }

    // ---- for the facade ----

    /** Whether nothing is in memory any more. */
    boolean isEmpty() {
        lock.lock();
        try {
            return memoryMessages == 0 && stripes.stream().allMatch(stripe -> stripe.toDisk.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the lane's thread and its connection. What is in memory stays there, for the spool. */
    void stop() {
        PublishChannel open;
        lock.lock();
        try {
            stopping = true;
            open = channel;
            work.signalAll();
        } finally {
            lock.unlock();
        }
        if (open != null) {
            if (isEmpty()) {
                open.close();
            }
            end(open, "stopped");
        }
    }

    PublishHealth.LaneHealth health(long now) {
        lock.lock();
        try {
            long age = confirmAge(now);
            PublishHealth.LaneState state;
            String why = reason;
            if (!connected) {
                state = PublishHealth.LaneState.DISCONNECTED;
            } else if (blocked != null) {
                state = PublishHealth.LaneState.BLOCKED;
                why = blocked;
            } else if (refusing.givingUp()) {
                state = PublishHealth.LaneState.REFUSING;
                why = "a queue refuses: is it full, or has it no leader? What it refuses is given up for its group";
            } else if (probing || !refused.isEmpty()) {
                state = PublishHealth.LaneState.REFUSING;
                why = "a queue refuses: is it full, or has it no leader?";
            } else if (age > settings.spoolAfter().toNanos()) {
                state = PublishHealth.LaneState.STALLED;
                why = "no confirm for " + TimeUnit.NANOSECONDS.toMillis(age) + " ms";
            } else {
                state = PublishHealth.LaneState.CONNECTED;
                why = "";
            }
            return new PublishHealth.LaneHealth(
                    state, why, inFlight.size(), inFlight.bytes(), queue.size(), TimeUnit.NANOSECONDS.toMillis(age));
        } finally {
            lock.unlock();
        }
    }

    int waitingForDisk() {
        lock.lock();
        try {
            return stripes.stream().mapToInt(stripe -> stripe.toDisk.size()).sum();
        } finally {
            lock.unlock();
        }
    }

    private long confirmAge(long now) {
        Pending oldest = inFlight.oldest();
        return oldest == null ? 0 : Math.max(0, Math.min(now - oldest.sentAt, now - answersSince));
    }
}
