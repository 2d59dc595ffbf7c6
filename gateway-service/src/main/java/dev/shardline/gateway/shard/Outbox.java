package dev.shardline.gateway.shard;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.Opcode;
import dev.shardline.gateway.protocol.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on a shard: voice first, then requests, then presence, each in order. Survives reconnects.
 * Confined to the shard's mailbox.
 *
 * <p>A presence that still waits is replaced by a newer one; both get the newer one's outcome.
 */
final class Outbox {
    /** More than this many waiting payloads are refused: at 120 a minute they would wait for minutes. */
    static final int CAPACITY = 500;

    private enum Urgency {
        VOICE,
        REQUEST,
        PRESENCE
    }

    private static final class Item {
        private Payload payload;
        private long expiresAt;
        private final List<CompletableFuture<SendResult>> askers = new ArrayList<>(1);

        Item(Payload payload, long expiresAt) {
            this.payload = payload;
            this.expiresAt = expiresAt;
        }

        void complete(SendResult result) {
            askers.forEach(asker -> asker.complete(result));
        }
    }

    private final Map<Urgency, ArrayDeque<Item>> waiting = new EnumMap<>(Urgency.class);
    private int size;

    Outbox() {
        for (Urgency urgency : Urgency.values()) {
            waiting.put(urgency, new ArrayDeque<>());
        }
    }

    int size() {
        return size;
    }

    /** Takes a payload in; the future completes at once when it is refused. */
    void add(Payload payload, long expiresAt, @Nullable CompletableFuture<SendResult> asker) {
        if (payload.size() > Payload.MAX_BYTES) {
            complete(
                    asker,
                    Outcome.TOO_LARGE,
                    payload.opcode() + " is " + payload.size() + " bytes, Discord takes at most " + Payload.MAX_BYTES);
            return;
        }
        ArrayDeque<Item> queue = queue(urgency(payload.opcode()));
        Item last = payload.opcode() == Opcode.PRESENCE_UPDATE ? queue.peekLast() : null;
        if (last == null) {
            if (size >= CAPACITY) {
                complete(
                        asker,
                        Outcome.RATE_LIMITED,
                        "already " + CAPACITY + " payloads wait for this shard, of which Discord takes 120 a minute");
                return;
            }
            last = new Item(payload, expiresAt);
            queue.add(last);
            size++;
        } else {
            last.payload = payload;
            last.expiresAt = Math.max(last.expiresAt - expiresAt, 0) + expiresAt;
        }
        if (asker != null) {
            last.askers.add(asker);
        }
    }

    boolean hasPresence() {
        return !queue(Urgency.PRESENCE).isEmpty();
    }

    /**
     * Sends what may go now.
     *
     * @param send puts a payload on the socket, false when that is not possible any more
     * @return how long until the next payload may go, null when nothing waits for the budget
     */
    @Nullable
    Duration drain(SendBudget budget, long nanos, Predicate<Payload> send) {
        expire(nanos);
        Duration least = null;
        for (ArrayDeque<Item> queue : waiting.values()) {
            Item next = queue.peek();
            while (next != null) {
                Opcode opcode = next.payload.opcode();
                Duration wait = budget.waitFor(opcode, nanos);
                if (!wait.isZero()) {
                    least = least == null || wait.compareTo(least) < 0 ? wait : least;
                    break;
                }
                if (!send.test(next.payload)) {
                    return null;
                }
                budget.tryTake(opcode, nanos);
                queue.remove();
                size--;
                next.complete(SendResult.of(Outcome.SENT, opcode + " was sent"));
                next = queue.peek();
            }
        }
        return least;
    }

    /** Answers what has waited too long. */
    void expire(long nanos) {
        for (ArrayDeque<Item> queue : waiting.values()) {
            Iterator<Item> items = queue.iterator();
            while (items.hasNext()) {
                Item item = items.next();
                if (item.expiresAt - nanos <= 0) {
                    items.remove();
                    size--;
                    item.complete(SendResult.of(
                            Outcome.EXPIRED, item.payload.opcode() + " could not be sent before its deadline"));
                }
            }
        }
    }

    /** Answers everything: the shard will not be ready again. */
    void refuseAll(Outcome outcome, String text) {
        for (ArrayDeque<Item> queue : waiting.values()) {
            queue.forEach(item -> item.complete(SendResult.of(outcome, text)));
            queue.clear();
        }
        size = 0;
    }

    private ArrayDeque<Item> queue(Urgency urgency) {
        ArrayDeque<Item> queue = waiting.get(urgency);
        if (queue == null) {
            throw new IllegalStateException("no queue for " + urgency);
        }
        return queue;
    }

    private static Urgency urgency(Opcode opcode) {
        return switch (opcode) {
            case VOICE_STATE_UPDATE -> Urgency.VOICE;
            case PRESENCE_UPDATE -> Urgency.PRESENCE;
            default -> Urgency.REQUEST;
        };
    }

    private static void complete(@Nullable CompletableFuture<SendResult> asker, Outcome outcome, String text) {
        if (asker != null) {
            asker.complete(SendResult.of(outcome, text));
        }
    }
}
