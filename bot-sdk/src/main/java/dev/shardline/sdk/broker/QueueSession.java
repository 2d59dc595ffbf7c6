package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.sdk.dispatch.Inbound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One channel that consumes one queue, from its opening to its end. A new channel is a new session, so an ack can never
 * reach a channel other than the one that delivered.
 *
 * <p>It ends without {@code basic.cancel}: a cancel would make the next consumer active while handlers here still run, and
 * give it later events before the returned ones.
 */
final class QueueSession implements Consumer {
    /** What the session tells its owner. Called on the connection's reader thread or a handler's: must not block. */
    interface Owner {
        /** A delivery that must be handled. */
        void deliver(QueueSession session, BrokerDelivery delivery);

        /** The broker has cancelled the consumer: its queue is gone or has moved. */
        void cancelled(QueueSession session);

        /** The channel has failed. */
        void lost(QueueSession session, String why);

        /** It takes nothing more and everything it took is settled: time for a new one. */
        void spent(QueueSession session);

        /** Everything in front of the end marker is settled: the queue has nothing more that would have to be handled. */
        void drained(QueueSession session);

        /** First delivery to a consumer that was added later: the former one is inactive now. */
        void switched(QueueSession session, String consumerTag);
    }

    private final Channel channel;
    private final String queue;
    private final ByteBudget budget;
    private final Owner owner;
    private final AckWindow window = new AckWindow();

    private final Object lock = new Object();
    private boolean open = true;
    private boolean stopping;
    private boolean refusing;
    private boolean ended;
    private boolean toldSpent;
    private int running;
    private int held;
    private @Nullable String awaitedTag;
    private @Nullable Runnable onQuiet;
    private final List<Runnable> onIdle = new ArrayList<>(0);

    private final Object ackLock = new Object();
    private long[] settled = new long[64];
    private int settledCount;
    private boolean flushing;

    /**
     * Not consuming yet.
     */
    QueueSession(Channel channel, String queue, ByteBudget budget, Owner owner) {
        this.channel = channel;
        this.queue = queue;
        this.budget = budget;
        this.owner = owner;
    }

    Channel channel() {
        return channel;
    }

    String queue() {
        return queue;
    }

    int held() {
        synchronized (lock) {
            return held;
        }
    }

    boolean isOpen() {
        synchronized (lock) {
            return open && !stopping;
        }
    }

    /** From now on {@link Owner#switched} is told when this consumer gets its first delivery. */
    void awaitSwitchTo(String consumerTag) {
        synchronized (lock) {
            awaitedTag = consumerTag;
        }
    }

    @Override
    public void handleDelivery(String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        String type = properties.getType() == null ? "" : properties.getType();
        String id = properties.getMessageId() == null ? "" : properties.getMessageId();
        if (EndMarker.TYPE.equals(type) && !EndMarker.isFor(queue, headers)) {
            // Replayed from the dead queue into another one than it was made for.
            settle(envelope.getDeliveryTag());
            return;
        }
        Inbound message = new Inbound(type, body, id, headers, envelope.isRedeliver());
        BrokerDelivery delivery;
        boolean tellSpent = false;
        boolean tellSwitched = false;
        synchronized (lock) {
            if (consumerTag.equals(awaitedTag)) {
                awaitedTag = null;
                tellSwitched = true;
            }
            if (!open || stopping || refusing) {
                return;
            }
            if (EndMarker.TYPE.equals(type)) {
                // It stays unacked: should this process die now, the next consumer finds it in its place.
                refusing = true;
                ended = true;
                tellSpent = nowSpent();
                delivery = null;
            } else if (budget.take(body.length)) {
                held++;
                delivery = new BrokerDelivery(this, message, envelope, properties);
            } else {
                // The window must not shrink: RabbitMQ puts what a smaller window returns behind what is still waiting
                // from an earlier return.
                refusing = true;
                tellSpent = nowSpent();
                delivery = null;
            }
        }
        if (tellSwitched) {
            owner.switched(this, consumerTag);
        }
        if (delivery != null) {
            owner.deliver(this, delivery);
        } else if (tellSpent) {
            tellSpent();
        }
    }

    private void tellSpent() {
        if (ended()) {
            owner.drained(this);
        } else {
            owner.spent(this);
        }
    }

    private boolean ended() {
        synchronized (lock) {
            return ended;
        }
    }

    private boolean nowSpent() {
        if (refusing && held == 0 && open && !stopping && !toldSpent) {
            toldSpent = true;
            return true;
        }
        return false;
    }

    boolean begin() {
        synchronized (lock) {
            if (!open || stopping) {
                return false;
            }
            running++;
            return true;
        }
    }

    void end() {
        Runnable quiet = null;
        List<Runnable> idle = List.of();
        synchronized (lock) {
            running--;
            if (running == 0) {
                quiet = onQuiet;
                onQuiet = null;
                if (!onIdle.isEmpty()) {
                    idle = List.copyOf(onIdle);
                    onIdle.clear();
                }
            }
        }
        if (quiet != null) {
            quiet.run();
        }
        idle.forEach(Runnable::run);
    }

    /** Whether no attempt runs. */
    boolean isIdle() {
        synchronized (lock) {
            return running == 0;
        }
    }

    /**
     * Whether attempts run, on an open channel or on one that is gone.
     *
     * @param action runs when none runs any more; not at all when none runs now
     */
    boolean whenIdle(Runnable action) {
        synchronized (lock) {
            if (running == 0) {
                return false;
            }
            onIdle.add(action);
            return true;
        }
    }

    void released(int bytes) {
        budget.give(bytes);
        boolean spent;
        synchronized (lock) {
            held--;
            spent = nowSpent();
        }
        if (spent) {
            tellSpent();
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
     * Writes the acks that are due and gives everything else back, in place, before the channel closes.
     *
     * <p>Only for a consumer that another one outranks, to which the broker delivers nothing more: to any other it delivers
     * at once again what is returned here, behind what is on its way at this moment, and the close that follows would put
     * them back in that order.
     *
     * <p>Closing alone would give it back too. But RabbitMQ 4.3 makes a zombie of a consumer that goes while it still
     * holds messages and a consumer of higher priority waits: the queue counts it among those that wait, gives it the
     * messages when its turn comes, and stands still from then on (rabbit_fifo: {@code handle_down} looks through the
     * waiting consumers before the return of its last message has put it there). One that holds nothing goes for good.
     */
    void returnRest() {
        flush();
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
            now = running == 0 || !open;
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

    private void fail(String why) {
        Runnable quiet;
        boolean tell;
        synchronized (lock) {
            tell = open;
            open = false;
            quiet = onQuiet;
            onQuiet = null;
        }
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
