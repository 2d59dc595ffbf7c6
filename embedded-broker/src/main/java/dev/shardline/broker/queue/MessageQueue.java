package dev.shardline.broker.queue;

import dev.shardline.broker.queue.Entry.LogState;
import dev.shardline.broker.queue.QueueArguments.Overflow;
import dev.shardline.broker.routing.Destination;
import dev.shardline.broker.wire.AmqpException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue. What is ready stands in up to four places, each wholly before the next: returned messages, those in memory,
 * those that are only on disk, and the newest, which wait for the disk. Confined to the broker's thread.
 */
public final class MessageQueue implements Destination {
    private static final int READ_AHEAD = 256;

    private final String name;
    private final String where;
    private final int id;
    private final boolean durable;
    private final boolean autoDelete;
    private final @Nullable Object exclusiveOwner;
    private final QueueArguments arguments;
    private final QueueOwner owner;
    private final MessageLog log;
    private final Timers timers;

    private final TreeMap<Long, Entry> returned = new TreeMap<>();
    private ArrayDeque<Entry> ready = new ArrayDeque<>();
    private final LongFifo paged = new LongFifo();
    private ArrayDeque<Entry> newest = new ArrayDeque<>();
    private long readyBytes;

    private final List<Subscription> consumers = new ArrayList<>();
    private @Nullable Subscription active;
    private int unacked;
    private boolean dispatching;
    private boolean mayExpire;
    private Timers.@Nullable Timer expiry;
    private long expiryAt;
    private Timers.@Nullable Timer unused;
    private boolean deleted;

    /**
     * @param id never used for another queue, even after a restart
     * @param exclusiveOwner the connection that alone may use it, null for everybody
     */
    public MessageQueue(
            String name,
            String where,
            int id,
            boolean durable,
            boolean autoDelete,
            @Nullable Object exclusiveOwner,
            QueueArguments arguments,
            QueueOwner owner,
            MessageLog log,
            Timers timers) {
        this.name = name;
        this.where = where;
        this.id = id;
        this.durable = durable;
        this.autoDelete = autoDelete;
        this.exclusiveOwner = exclusiveOwner;
        this.arguments = arguments;
        this.owner = owner;
        this.log = log;
        this.timers = timers;
        touched();
    }

    @Override
    public String name() {
        return name;
    }

    /** As in {@code queue 'q' in vhost '/'}. */
    public String where() {
        return where;
    }

    public int id() {
        return id;
    }

    public boolean durable() {
        return durable;
    }

    public boolean autoDelete() {
        return autoDelete;
    }

    public @Nullable Object exclusiveOwner() {
        return exclusiveOwner;
    }

    public QueueArguments arguments() {
        return arguments;
    }

    public int readyCount() {
        return returned.size() + ready.size() + paged.size() + newest.size();
    }

    /** Bytes of what is ready, as limits count them. */
    public long readyBytes() {
        return readyBytes;
    }

    public int unackedCount() {
        return unacked;
    }

    /** How many of the ready messages are on disk only. */
    public int pagedCount() {
        return paged.size();
    }

    public int consumerCount() {
        return consumers.size();
    }

    // Publishing

    /** Takes a message in, or refuses it when the queue is full and rejects. */
    public void publish(Message message, @Nullable Confirm confirm) {
        if (arguments.overflow() != Overflow.DROP_HEAD && full() && !someoneCanTake()) {
            if (confirm != null) {
                confirm.refuse();
            }
            if (arguments.overflow() == Overflow.REJECT_PUBLISH_DLX) {
                owner.deadLetter(this, message, DeadLetterReason.MAXLEN);
            }
            return;
        }
        long expiresAt = expiresAt(message);
        boolean persistent =
                durable && (arguments.quorum() || message.properties().persistent());
        Entry entry = new Entry(log.nextSequence(), id, persistent, expiresAt, sizeOf(message), message, false);
        log.memoryChanged(message.footprint());
        if (persistent) {
            log.append(entry, confirm);
        }
        int taker = readyCount() == 0 ? nextTaker() : -1;
        if (taker >= 0 && !dispatching) {
            // Past the queue: neither a limit nor a time-to-live of zero keeps it from somebody who waits.
            hand(entry, taker);
            return;
        }
        add(entry);
        dispatch();
        if (arguments.overflow() == Overflow.DROP_HEAD) {
            dropHead();
        }
        if (mayExpire) {
            dropExpired();
        }
    }

    /** Takes an entry in that the log has kept over a restart. */
    public void recover(Entry entry) {
        readyBytes += entry.size();
        mayExpire |= entry.expiresAt() > 0;
        Message message = entry.message();
        if (message == null) {
            paged.add(entry.sequence());
        } else {
            ready.add(entry);
            log.memoryChanged(message.footprint());
        }
    }

    private void add(Entry entry) {
        readyBytes += entry.size();
        mayExpire |= entry.expiresAt() > 0;
        if (paged.isEmpty() && newest.isEmpty()) {
            ready.add(entry);
        } else {
            newest.add(entry);
            if (!entry.persistent()) {
                log.append(entry, null);
            }
        }
    }

    private long expiresAt(Message message) {
        long ttl = arguments.messageTtl();
        String expiration = message.properties().expiration();
        if (expiration != null) {
            long own = Long.parseLong(expiration);
            ttl = ttl < 0 ? own : Math.min(ttl, own);
        }
        return ttl < 0 ? 0 : Math.max(1, timers.now() + ttl);
    }

    /** Quorum queues count the properties as well. */
    private int sizeOf(Message message) {
        return message.body().length
                + (arguments.quorum() ? message.properties().bytes().length : 0);
    }

    private boolean full() {
        // A quorum queue notices one message too late, a classic one in time.
        int slack = arguments.quorum() ? 1 : 0;
        return (arguments.maxLength() >= 0 && readyCount() >= arguments.maxLength() + slack)
                || (arguments.maxBytes() >= 0 && readyBytes >= arguments.maxBytes() + slack);
    }

    private void dropHead() {
        while ((arguments.maxLength() >= 0 && readyCount() > arguments.maxLength())
                || (arguments.maxBytes() >= 0 && readyBytes > arguments.maxBytes() && readyCount() > 0)) {
            giveUp(poll(), DeadLetterReason.MAXLEN);
        }
    }

    private void giveUp(Entry entry, DeadLetterReason reason) {
        if (arguments.deadLetterExchange() != null && !deleted) {
            owner.deadLetter(this, loaded(entry), reason);
        }
        finish(entry);
    }

    private void finish(Entry entry) {
        Message message = entry.message();
        if (message != null) {
            log.memoryChanged(-message.footprint());
            entry.page(null);
        }
        entry.settle();
        if (entry.logState() != LogState.NONE) {
            log.remove(entry);
        }
    }

    // Taking

    /** The oldest ready message, for {@code basic.get}; null when there is none. The caller settles it. */
    public @Nullable Entry get(boolean noAck) {
        touched();
        dropExpired();
        if (readyCount() == 0) {
            return null;
        }
        Entry entry = poll();
        loaded(entry);
        if (!noAck) {
            unacked++;
        }
        return entry;
    }

    /** The message of an entry that was just taken. */
    public Message loaded(Entry entry) {
        Message message = entry.message();
        if (message == null) {
            message = log.load(entry.sequence()).message();
            if (message == null) {
                throw new IllegalStateException("message " + entry.sequence() + " of " + where + " is not in the log");
            }
            entry.page(message);
            log.memoryChanged(message.footprint());
        }
        return message;
    }

    private @Nullable Entry head() {
        if (!returned.isEmpty()) {
            return returned.firstEntry().getValue();
        }
        if (ready.isEmpty()) {
            refill();
        }
        return ready.peekFirst();
    }

    private Entry poll() {
        Entry entry;
        if (!returned.isEmpty()) {
            entry = returned.pollFirstEntry().getValue();
        } else {
            if (ready.isEmpty()) {
                refill();
            }
            entry = ready.removeFirst();
        }
        readyBytes -= entry.size();
        return entry;
    }

    private void refill() {
        for (int i = 0; i < READ_AHEAD && !paged.isEmpty(); i++) {
            Entry entry = log.load(paged.poll());
            Message message = entry.message();
            if (message != null) {
                log.memoryChanged(message.footprint());
            }
            ready.add(entry);
        }
        if (ready.isEmpty() && !newest.isEmpty()) {
            ArrayDeque<Entry> empty = ready;
            ready = newest;
            newest = empty;
        }
    }

    /** Moves what the disk has out of memory, but for the next few messages. */
    public void pageOut() {
        if (!log.onDisk()) {
            return;
        }
        if (paged.isEmpty() && newest.isEmpty()) {
            while (ready.size() > READ_AHEAD) {
                Entry entry = ready.removeLast();
                newest.addFirst(entry);
                if (entry.logState() == LogState.NONE) {
                    log.append(entry, null);
                }
            }
        }
        for (Entry entry = newest.peekFirst();
                entry != null && entry.logState() == LogState.STORED;
                entry = newest.peekFirst()) {
            newest.removeFirst();
            Message message = entry.message();
            if (message != null) {
                log.memoryChanged(-message.footprint());
            }
            paged.add(entry.sequence());
        }
    }

    // Settling

    /** The consumer is done with it. */
    public void ack(Entry entry, @Nullable Subscription subscription) {
        release(subscription);
        finish(entry);
        afterSettling(subscription);
    }

    /** The consumer does not want it, and nobody else shall have it. */
    public void discard(Entry entry, @Nullable Subscription subscription) {
        release(subscription);
        giveUp(entry, DeadLetterReason.REJECTED);
        afterSettling(subscription);
    }

    /**
     * Puts messages back in their place, without handing them out again: {@link #afterReturn} does that.
     *
     * @param counts whether this counts towards the delivery limit
     */
    public void giveBack(Collection<Entry> entries, @Nullable Subscription subscription, boolean counts) {
        for (Entry entry : entries) {
            release(subscription);
            entry.returned(counts);
            if (deleted) {
                finish(entry);
            } else if (arguments.deliveryLimit() >= 0 && entry.deliveryCount() > arguments.deliveryLimit()) {
                giveUp(entry, DeadLetterReason.DELIVERY_LIMIT);
            } else {
                returned.put(entry.sequence(), entry);
                readyBytes += entry.size();
            }
        }
    }

    /** Hands out what was given back, as far as limits and expiry leave it. */
    public void afterReturn() {
        if (deleted) {
            return;
        }
        chooseActive();
        dispatch();
        if (arguments.overflow() == Overflow.DROP_HEAD) {
            dropHead();
        }
        dropExpired();
    }

    /** A message taken with {@link #get} for good. */
    public void taken(Entry entry) {
        finish(entry);
    }

    /** Visits what has been delivered before and waits to be delivered again. */
    public void forEachReturned(Consumer<Entry> visitor) {
        returned.values().forEach(visitor);
    }

    private void release(@Nullable Subscription subscription) {
        unacked--;
        if (subscription != null) {
            subscription.settled();
        }
    }

    private void afterSettling(@Nullable Subscription subscription) {
        if (deleted) {
            return;
        }
        if (arguments.singleActive() && subscription == active) {
            chooseActive();
        }
        dispatch();
    }

    // Consumers

    /**
     * Adds a consumer. It gets nothing before {@link #dispatch} is called.
     *
     * @throws AmqpException 403 when another one has, or wants, the queue for itself
     */
    public void subscribe(Subscription subscription) {
        if (!arguments.quorum()) {
            boolean taken = consumers.stream().anyMatch(Subscription::exclusive);
            if (taken || (subscription.exclusive() && (arguments.singleActive() || !consumers.isEmpty()))) {
                throw AmqpException.accessRefused(where + " in exclusive use");
            }
        }
        int at = consumers.size();
        while (at > 0 && consumers.get(at - 1).priority() < subscription.priority()) {
            at--;
        }
        consumers.add(at, subscription);
        touched();
        chooseActive();
    }

    /** Removes a consumer; what it holds stays with its channel. */
    public void unsubscribe(Subscription subscription) {
        if (!consumers.remove(subscription)) {
            return;
        }
        if (subscription == active) {
            active = null;
        }
        touched();
        if (consumers.isEmpty() && autoDelete) {
            owner.deleteUnused(this);
            return;
        }
        chooseActive();
        dispatch();
    }

    private void chooseActive() {
        if (!arguments.singleActive() || consumers.isEmpty()) {
            return;
        }
        Subscription first = consumers.get(0);
        Subscription current = active;
        if (current == null) {
            active = first;
        } else if (replaces(first, current) && current.unacked() == 0) {
            active = first;
        }
    }

    /** Only quorum queues let a higher priority take over from an active consumer. */
    private boolean replaces(Subscription first, Subscription current) {
        return arguments.quorum() && first.priority() > current.priority();
    }

    private boolean someoneCanTake() {
        return nextTaker() >= 0;
    }

    private int nextTaker() {
        if (arguments.singleActive()) {
            Subscription current = active;
            if (current == null || !current.canTake() || replaces(consumers.get(0), current)) {
                return -1;
            }
            return consumers.indexOf(current);
        }
        for (int i = 0; i < consumers.size(); i++) {
            if (consumers.get(i).canTake()) {
                return i;
            }
        }
        return -1;
    }

    /** Hands out what is ready, as far as the consumers can take it. */
    public void dispatch() {
        if (dispatching || deleted || consumers.isEmpty()) {
            return;
        }
        dispatching = true;
        try {
            while (true) {
                int taker = nextTaker();
                if (taker < 0) {
                    return;
                }
                if (mayExpire) {
                    dropExpired();
                }
                if (readyCount() == 0) {
                    return;
                }
                hand(poll(), taker);
            }
        } finally {
            dispatching = false;
        }
    }

    private void hand(Entry entry, int taker) {
        Subscription subscription = consumers.get(taker);
        if (!arguments.singleActive() && taker + 1 < consumers.size()) {
            // Round robin among those of the same priority.
            int last = taker;
            while (last + 1 < consumers.size() && consumers.get(last + 1).priority() == subscription.priority()) {
                last++;
            }
            consumers.remove(taker);
            consumers.add(last, subscription);
        }
        Message message = loaded(entry);
        if (subscription.noAck()) {
            subscription.sink().deliver(subscription, this, entry, message);
            finish(entry);
        } else {
            unacked++;
            subscription.taken();
            subscription.sink().deliver(subscription, this, entry, message);
            if (entry.logState() == LogState.STORED && log.underPressure()) {
                entry.page(null);
                log.memoryChanged(-message.footprint());
            }
        }
    }

    // Expiry and the end

    private void dropExpired() {
        if (!mayExpire) {
            return;
        }
        for (Entry head = head(); head != null && head.expiresAt() > 0; head = head()) {
            long now = timers.now();
            if (head.expiresAt() > now) {
                armExpiry(head.expiresAt(), now);
                return;
            }
            giveUp(poll(), DeadLetterReason.EXPIRED);
        }
    }

    private void armExpiry(long at, long now) {
        Timers.Timer armed = expiry;
        if (armed != null) {
            if (expiryAt <= at) {
                return;
            }
            armed.cancel();
        }
        expiryAt = at;
        expiry = timers.after(at - now, () -> {
            expiry = null;
            if (!deleted) {
                dropExpired();
            }
        });
    }

    /** Someone has used the queue: its own expiry begins anew. */
    public void touched() {
        if (arguments.expires() < 0) {
            return;
        }
        if (unused != null) {
            unused.cancel();
        }
        unused = timers.after(arguments.expires(), () -> {
            if (!deleted && consumers.isEmpty()) {
                owner.deleteUnused(this);
            }
        });
    }

    /**
     * Drops what is ready.
     *
     * @return how many messages
     */
    public int purge() {
        int count = readyCount();
        for (Entry entry : returned.values()) {
            finish(entry);
        }
        ready.forEach(this::finish);
        newest.forEach(this::finish);
        while (!paged.isEmpty()) {
            log.removeStored(paged.poll());
        }
        returned.clear();
        ready.clear();
        newest.clear();
        readyBytes = 0;
        return count;
    }

    /** Ends the queue: drops all messages, tells all consumers. */
    public void delete() {
        deleted = true;
        purge();
        if (expiry != null) {
            expiry.cancel();
        }
        if (unused != null) {
            unused.cancel();
        }
        List<Subscription> told = List.copyOf(consumers);
        consumers.clear();
        active = null;
        for (Subscription subscription : told) {
            subscription.sink().cancelled(subscription);
        }
    }

    /** Arguments as a redeclaration must give them. */
    public Map<String, Object> rawArguments() {
        return arguments.raw();
    }
}
