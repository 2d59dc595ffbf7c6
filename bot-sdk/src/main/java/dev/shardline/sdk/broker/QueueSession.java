package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.sdk.dispatch.Inbound;
import dev.shardline.sdk.time.Timers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One channel that consumes one queue, from its opening to its end. A new channel is a new session, so an ack can never
 * reach a channel other than the one that delivered.
 *
 * <p>What it has no room for it refuses: it lets go of the body and leaves the message unacked, and everything after it.
 * The owner gives that back later, by {@link #returnRefused}.
 *
 * <p>It ends without {@code basic.cancel}: a cancel would make the next consumer active while handlers here still run, and
 * give it later events before the returned ones.
 */
final class QueueSession implements Consumer, ByteBudget.Waiter {
    /** What the session tells its owner. Called on the connection's reader thread or a handler's: must not block. */
    interface Owner {
        /** A delivery that must be handled. */
        void deliver(QueueSession session, BrokerDelivery delivery);

        /** The broker has cancelled the consumer: its queue is gone or has moved. */
        void cancelled(QueueSession session);

        /** The channel has failed. */
        void lost(QueueSession session, String why);

        /**
         * It refuses what is delivered, because there is no room; told once until {@link #returnRefused}. Of a queue in
         * order everything it took before is settled.
         */
        void spent(QueueSession session);

        /** There is room again for one that was spent. */
        void turn(QueueSession session);

        /** Everything in front of the end marker is settled: the queue has nothing more that would have to be handled. */
        void drained(QueueSession session);

        /** First delivery to a consumer that was added later: the former one is inactive now. */
        void switched(QueueSession session, String consumerTag);
    }

    private final Channel channel;
    private final String queue;
    private final boolean ordered;
    private final ByteBudget budget;
    private final Timers timers;
    private final Pulse pulse;
    private final int stops;
    private final Owner owner;
    private final AckWindow window = new AckWindow();

    private final Object lock = new Object();
    private boolean open = true;
    private boolean stopping;
    /** Something was let go of without an ack, after the last attempt has begun. */
    private boolean abandoned;

    private boolean active;
    private boolean refusing;
    private boolean ended;
    private boolean toldSpent;
    private boolean inTurn;
    /** Deliveries of which an attempt runs, and since when, the oldest first. */
    private final Map<BrokerDelivery, Long> attempts = new LinkedHashMap<>();

    private int held;
    private long heldBytes;
    /** What is not let go of yet, and since when, the oldest first. */
    private final Map<BrokerDelivery, Long> deliveries = new LinkedHashMap<>();

    private final List<Long> refused = new ArrayList<>(0);
    /** Consumers from which nothing is taken any more. */
    private Set<String> left = Set.of();

    private @Nullable String awaitedTag;
    /** Attempts that are over but for the confirm of the dead queue. */
    private final Set<BrokerDelivery> dying = new HashSet<>(0);

    /** Nothing is begun any more once no attempt runs that has done so for longer; null when that is not wanted. */
    private @Nullable LongSupplier brief;

    private @Nullable Runnable onBrief;
    private @Nullable Runnable onQuiet;
    private final List<Runnable> onIdle = new ArrayList<>(0);
    private @Nullable Runnable onEmpty;
    /** Since when it refuses for want of room, nanoseconds. */
    private long refusingSince;

    private final Object ackLock = new Object();
    private long[] settled = new long[64];
    private int settledCount;
    private boolean flushing;

    /**
     * Not consuming yet.
     *
     * @param ordered whether what is given back must not be overtaken
     */
    QueueSession(
            Channel channel,
            String queue,
            boolean ordered,
            ByteBudget budget,
            Timers timers,
            Pulse pulse,
            Owner owner) {
        this.channel = channel;
        this.queue = queue;
        this.ordered = ordered;
        this.budget = budget;
        this.timers = timers;
        this.pulse = pulse;
        this.stops = pulse.stops();
        this.owner = owner;
    }

    Channel channel() {
        return channel;
    }

    String queue() {
        return queue;
    }

    boolean isOpen() {
        synchronized (lock) {
            return open && !stopping;
        }
    }

    /** From now on {@link Owner#switched} is told when this consumer gets its first delivery; null for none. */
    void awaitSwitchTo(@Nullable String consumerTag) {
        synchronized (lock) {
            awaitedTag = consumerTag;
        }
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        String type = properties.getType() == null ? "" : properties.getType();
        String id = properties.getMessageId() == null ? "" : properties.getMessageId();
        long tag = envelope.getDeliveryTag();
        Inbound message = new Inbound(type, body, id, headers, envelope.isRedeliver());
        BrokerDelivery delivery = null;
        boolean foreign = false;
        boolean late = false;
        boolean tellSpent = false;
        boolean tellSwitched = false;
        synchronized (lock) {
            active = true;
            if (consumerTag.equals(awaitedTag)) {
                awaitedTag = null;
                tellSwitched = true;
            }
            if (!open || stopping) {
                abandoned = true;
                return;
            }
            if (left.contains(consumerTag)) {
                late = true;
            } else if (refusing) {
                refused.add(tag);
            } else if (EndMarker.TYPE.equals(type)) {
                // Replayed from the dead queue it may be in another queue than it was made for.
                foreign = !EndMarker.isFor(queue, headers);
                if (!foreign) {
                    // It stays unacked: should this process die now, the next consumer finds it in its place.
                    refusing = true;
                    ended = true;
                    tellSpent = nowSpent();
                }
            } else if (budget.take(body.length, heldBytes)) {
                held++;
                heldBytes += body.length;
                delivery = new BrokerDelivery(this, message, envelope, properties);
                deliveries.put(delivery, timers.nanos());
            } else {
                refusing = true;
                refusingSince = timers.nanos();
                refused.add(tag);
                tellSpent = nowSpent();
            }
        }
        if (tellSwitched) {
            owner.switched(this, consumerTag);
        }
        if (late) {
            giveBack(tag);
        } else if (foreign) {
            settle(tag);
        } else if (delivery != null) {
            owner.deliver(this, delivery);
        } else if (tellSpent) {
            tellSpent();
        }
    }

    private void tellSpent() {
        if (ended()) {
            owner.drained(this);
        } else {
            budget.turnOver(this);
            owner.spent(this);
        }
    }

    private boolean ended() {
        synchronized (lock) {
            return ended;
        }
    }

    private boolean nowSpent() {
        if (refusing && (held == 0 || (!ordered && !ended)) && open && !stopping && !toldSpent) {
            toldSpent = true;
            return true;
        }
        return false;
    }

    /** Whether it takes nothing, for want of room or because it has seen the end marker. */
    boolean isRefusing() {
        synchronized (lock) {
            return refusing;
        }
    }

    /** Whether it was ever given anything. If it is not, it may be the active one of a queue with nothing in it. */
    boolean isActive() {
        synchronized (lock) {
            return active;
        }
    }

    /** Whether it refuses as many as the broker gives at most, so that none can be on its way. */
    boolean refusesWhole(int window) {
        synchronized (lock) {
            return refusing && !ended && held == 0 && refused.size() >= window;
        }
    }

    /** Takes nothing more, and gives this one back too when the owner returns what was refused. Without order only. */
    void refuse(long tag) {
        synchronized (lock) {
            refusing = true;
            toldSpent = true;
            refused.add(tag);
        }
    }

    /** Whether what is given back must not be overtaken. */
    boolean isOrdered() {
        return ordered;
    }

    @Override
    public void turn() {
        synchronized (lock) {
            inTurn = true;
        }
        owner.turn(this);
    }

    /**
     * Gives back what was refused, and takes again what comes from other consumers than these.
     *
     * <p>In order only in two cases. Either a later consumer outranks these and holds nothing: it gets all of that, once these
     * hold nothing either. The window of that consumer must not be smaller: RabbitMQ puts what comes back behind what is still
     * waiting from an earlier return, also when the channel is another one. Or {@link #refusesWhole}: then the same consumer
     * gets it all again.
     *
     * <p>Unlike a channel that closes, {@code basic.nack} does not use up the delivery limit on RabbitMQ 4.3.
     */
    void returnRefused(Set<String> former) {
        // Deliveries of these that come later wait for the same monitor, so they are given back after the ones before.
        synchronized (window) {
            List<Long> tags;
            synchronized (lock) {
                if (!open || stopping || ended) {
                    return;
                }
                left = Set.copyOf(former);
                tags = List.copyOf(refused);
                refused.clear();
                refusing = false;
                toldSpent = false;
            }
            flush();
            try {
                if (ordered && !tags.isEmpty()) {
                    channel.basicNack(tags.get(tags.size() - 1), true, true);
                }
                for (long tag : tags) {
                    if (!ordered) {
                        channel.basicNack(tag, false, true);
                    }
                    window.returned(tag);
                }
            } catch (IOException | AlreadyClosedException e) {
                // With the channel gone the broker has everything back.
                fail("cannot return: " + e.getMessage());
            }
        }
    }

    private void giveBack(long tag) {
        synchronized (window) {
            try {
                channel.basicNack(tag, false, true);
                window.returned(tag);
            } catch (IOException | AlreadyClosedException e) {
                fail("cannot return: " + e.getMessage());
            }
        }
    }

    boolean begin(BrokerDelivery delivery) {
        synchronized (lock) {
            if (!pulse.isRunningSince(stops)) {
                // Others may have what is here. The owner ends this session when it notices.
                stopping = true;
            }
            if (!open || stopping) {
                abandoned = true;
                return false;
            }
            attempts.put(delivery, timers.nanos());
            return true;
        }
    }

    void end(BrokerDelivery delivery) {
        Runnable quiet = null;
        Runnable soon = null;
        List<Runnable> idle = List.of();
        synchronized (lock) {
            attempts.remove(delivery);
            dying.remove(delivery);
            if (isBrief()) {
                stopping = true;
                brief = null;
                soon = onBrief;
                onBrief = null;
            }
            if (attempts.isEmpty()) {
                quiet = onQuiet;
                onQuiet = null;
                if (!onIdle.isEmpty()) {
                    idle = List.copyOf(onIdle);
                    onIdle.clear();
                }
            }
        }
        if (soon != null) {
            soon.run();
        }
        if (quiet != null) {
            quiet.run();
        }
        idle.forEach(Runnable::run);
    }

    /** Whether no attempt runs. */
    boolean isIdle() {
        synchronized (lock) {
            return attempts.isEmpty();
        }
    }

    /**
     * Whether attempts run, on an open channel or on one that is gone.
     *
     * @param action runs when none runs any more; not at all when none runs now
     */
    boolean whenIdle(Runnable action) {
        synchronized (lock) {
            if (attempts.isEmpty()) {
                return false;
            }
            onIdle.add(action);
            return true;
        }
    }

    /**
     * Whether it holds or refuses anything.
     *
     * @param action runs when it holds nothing any more, instead of an earlier one; not at all when it holds nothing now. What
     *     is refused only the owner can give back
     */
    boolean whenEmpty(Runnable action) {
        synchronized (lock) {
            if (held == 0 && !refusing) {
                return false;
            }
            onEmpty = action;
            return true;
        }
    }

    /**
     * Whether it holds what an earlier consumer of it was given, while a later one waits: see {@link #giveBack}. The later
     * one has got nothing yet.
     */
    private boolean isToBeSucceeded() {
        synchronized (lock) {
            return open && awaitedTag != null && (held > 0 || !refused.isEmpty() || abandoned);
        }
    }

    /** Since when the broker waits for the ack of what it delivered first, nanoseconds; null when it does not. */
    @Nullable
    Long unackedSince() {
        synchronized (lock) {
            Long held = oldestSince();
            if (refused.isEmpty() || held != null) {
                return held;
            }
            return refusingSince;
        }
    }

    /** The attempt is over. It counts as running until the dead queue has the event, but is no reason to go on. */
    void dies(BrokerDelivery delivery) {
        synchronized (lock) {
            dying.add(delivery);
        }
    }

    /**
     * Begins no more attempts from the moment on in which none runs for long. In that moment, and not a bit later: the guild
     * whose attempt has just ended would begin the next one.
     *
     * @param limit how long that is, nanoseconds; asked whenever an attempt ends
     * @param stopped called once, when nothing is begun any more, perhaps at once
     */
    void stopWhenBrief(LongSupplier limit, Runnable stopped) {
        boolean now;
        synchronized (lock) {
            brief = limit;
            now = isBrief();
            if (now) {
                stopping = true;
                brief = null;
            } else {
                onBrief = stopped;
            }
        }
        if (now) {
            stopped.run();
        }
    }

    private boolean isBrief() {
        LongSupplier limit = brief;
        if (limit == null) {
            return false;
        }
        for (Map.Entry<BrokerDelivery, Long> attempt : attempts.entrySet()) {
            if (!dying.contains(attempt.getKey())) {
                return timers.nanos() - attempt.getValue() <= limit.getAsLong();
            }
        }
        return true;
    }

    /** Whether it begins nothing any more, on a channel that is open. */
    boolean isStopped() {
        synchronized (lock) {
            return open && stopping;
        }
    }

    /** As it was before {@link #stopWhenBrief}, unless it has stopped already. */
    void goOn() {
        synchronized (lock) {
            brief = null;
            onBrief = null;
        }
    }

    /** Since when the oldest is held that is not let go of yet, nanoseconds; null when none is. */
    @Nullable
    Long oldestSince() {
        synchronized (lock) {
            return deliveries.isEmpty() ? null : deliveries.values().iterator().next();
        }
    }

    void released(BrokerDelivery delivery) {
        int bytes = delivery.message().body().length;
        boolean spent;
        boolean turnOver;
        Runnable empty = null;
        synchronized (lock) {
            held--;
            if (held == 0) {
                empty = onEmpty;
                onEmpty = null;
            }
            deliveries.remove(delivery);
            heldBytes -= bytes;
            turnOver = inTurn;
            inTurn = false;
            spent = nowSpent();
        }
        if (turnOver) {
            budget.turnOver(this);
        }
        budget.give(bytes);
        if (spent) {
            tellSpent();
        }
        if (empty != null) {
            empty.run();
        }
    }

    /** Acks, on this thread or together with others on the thread that is writing acks already. */
    void settle(long tag) {
        synchronized (ackLock) {
            if (settledCount == settled.length) {
                settled = Arrays.copyOf(settled, settledCount * 2);
            }
            settled[settledCount++] = tag;
            if (flushing) {
                return;
            }
            flushing = true;
        }
        flush();
    }

    /** Writes the acks that are due, after those that are being written. */
    void flush() {
        synchronized (window) {
            while (true) {
                List<AckWindow.Ack> acks;
                synchronized (ackLock) {
                    if (settledCount == 0) {
                        flushing = false;
                        return;
                    }
                    acks = window.settle(settled, settledCount);
                    settledCount = 0;
                }
                try {
                    for (AckWindow.Ack ack : acks) {
                        channel.basicAck(ack.tag(), ack.multiple());
                    }
                } catch (IOException | AlreadyClosedException e) {
                    // The broker gives these events out again and the duplicate filter knows them.
                    fail("cannot ack: " + e.getMessage());
                }
            }
        }
    }

    /**
     * Writes the acks that are due, before the channel closes, which gives everything else back in place.
     *
     * <p>But for one case. RabbitMQ 4.3 makes a zombie of a consumer that goes while it still holds messages and a consumer of
     * higher priority waits: the queue counts it among those that wait, gives it the messages when its turn comes, and stands
     * still from then on (rabbit_fifo: {@code handle_down} looks through the waiting consumers before the return of its last
     * message has put it there). One that holds nothing goes for good. So where a later consumer of this session waits, its
     * former one returns what it holds first. Without such a one that must not be: the broker would deliver at once again
     * what is returned, behind what is on its way at this moment, and the close that follows would put them back in that order.
     */
    void giveBack() {
        flush();
        if (!isToBeSucceeded()) {
            return;
        }
        try {
            channel.basicNack(0, true, true);
        } catch (IOException | AlreadyClosedException e) {
            // With the channel gone the broker has everything back.
            fail("cannot return: " + e.getMessage());
        }
    }

    /**
     * Begins no more attempts. {@code quiet} is called once those that run have ended, perhaps at once; what is left is
     * returned to the broker when the channel closes.
     */
    void stop(Runnable quiet) {
        boolean now;
        synchronized (lock) {
            stopping = true;
            now = attempts.isEmpty() || !open;
            if (!now) {
                onQuiet = quiet;
            }
        }
        if (now) {
            quiet.run();
        }
    }

    /** Begins no more attempts, from this moment on: a later event must not overtake one that was not handled. */
    void halt() {
        synchronized (lock) {
            stopping = true;
        }
    }

    /** As {@link #halt}, because of an event that this session was given and does not handle. */
    void abandon() {
        synchronized (lock) {
            stopping = true;
            abandoned = true;
        }
    }

    private void fail(String why) {
        Runnable quiet;
        boolean tell;
        synchronized (lock) {
            tell = open;
            open = false;
            quiet = onQuiet;
            onQuiet = null;
        }
        budget.leave(this);
        if (quiet != null) {
            quiet.run();
        }
        if (tell) {
            owner.lost(this, why);
        }
    }

    /** The owner has closed the channel, or is about to. */
    void closed() {
        synchronized (lock) {
            open = false;
        }
        budget.leave(this);
    }

    @Override
    public void handleConsumeOk(String consumerTag) {}

    @Override
    public void handleCancelOk(String consumerTag) {}

    @Override
    public void handleCancel(String consumerTag) {
        halt();
        owner.cancelled(this);
    }

    @Override
    public void handleShutdownSignal(String consumerTag, ShutdownSignalException signal) {
        fail(signal.getMessage() == null ? "channel closed" : signal.getMessage());
    }

    @Override
    public void handleRecoverOk(String consumerTag) {}
}
