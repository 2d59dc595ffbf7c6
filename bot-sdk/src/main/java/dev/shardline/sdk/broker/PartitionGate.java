package dev.shardline.sdk.broker;

import dev.shardline.contract.EventHeaders;
import dev.shardline.sdk.duplicate.Doubt;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what one partition queue delivers until it is known what other instances have handled of it.
 *
 * <p>Safe from any thread. Nothing overtakes: what was held back is passed on before anything that comes later.
 */
final class PartitionGate {
    private final String queue;
    private final Consumer<BrokerDelivery> pass;
    private final Consumer<PartitionGate> inquire;
    private final Queue<BrokerDelivery> waiting = new ArrayDeque<>();
    private State state = State.CLOSED;
    private @Nullable Doubt doubt;
    private boolean opened;
    private boolean taken;

    private enum State {
        /** The next delivery is the first since the partition came here. */
        CLOSED,
        /** The others are being asked. */
        ASKING,
        OPEN
    }

    /**
     * Closed.
     *
     * @param pass called in order, under the gate's lock: must not block
     * @param inquire told when the others have to be asked, on the thread that delivers: must not block
     */
    PartitionGate(String queue, Consumer<BrokerDelivery> pass, Consumer<PartitionGate> inquire) {
        this.queue = queue;
        this.pass = pass;
        this.inquire = inquire;
    }

    String queue() {
        return queue;
    }

    /** Passes it on, now or once the gate is open. */
    void take(BrokerDelivery delivery) {
        synchronized (this) {
            if (state == State.OPEN) {
                pass(delivery);
                return;
            }
            waiting.add(delivery);
            if (state == State.ASKING) {
                return;
            }
            state = State.ASKING;
        }
        inquire.accept(this);
    }

    /** The others were asked; {@code newDoubt} null leaves what was doubtful before. */
    synchronized void open(@Nullable Doubt newDoubt) {
        if (state != State.ASKING) {
            return;
        }
        if (newDoubt != null) {
            doubt = doubt == null ? newDoubt : Doubt.both(doubt, newDoubt);
        }
        opened = true;
        taken = false;
        state = State.OPEN;
        passWaiting();
    }

    /** Another instance consumes the partition, so the next delivery here comes after it. */
    synchronized void takenElsewhere() {
        if (state == State.OPEN) {
            state = State.CLOSED;
        }
        taken = true;
    }

    /**
     * A new session begins. What a former one delivered has no value any more: the broker gives it out again.
     */
    synchronized void restart() {
        state = State.CLOSED;
        passWaiting();
    }

    /** Whether this process has had the partition and nobody else has had it since, as far as was heard. */
    synchronized boolean wasHereLast() {
        return opened && !taken;
    }

    synchronized boolean isAsking() {
        return state == State.ASKING;
    }

    /** End of the time in doubt, epoch milliseconds; 0 when nothing is doubtful but replays. */
    synchronized long doubtUntil() {
        return doubt == null ? 0 : Math.max(0, doubt.until());
    }

    private void passWaiting() {
        BrokerDelivery next = waiting.poll();
        while (next != null) {
            pass(next);
            next = waiting.poll();
        }
    }

    private void pass(BrokerDelivery delivery) {
        Doubt about = doubt;
        if (about != null) {
            long sequence = delivery.message().sequence();
            if (sequence >= 0
                    && about.about(
                            delivery.message().session(),
                            sequence,
                            Boolean.TRUE.equals(delivery.message().headers().get(EventHeaders.REPLAYED)),
                            delivery.message().number(EventHeaders.RECEIVED, 0) / 1_000)) {
                delivery.doubt();
            }
        }
        pass.accept(delivery);
    }
}
