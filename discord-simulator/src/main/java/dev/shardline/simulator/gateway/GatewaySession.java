package dev.shardline.simulator.gateway;

import dev.shardline.simulator.net.Reactor;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A session: outlives its connection, counts its dispatches and keeps the latest for replay. Reactor's thread only. */
final class GatewaySession {
    private final String id;
    private final int shardId;
    private final int shardCount;
    private final boolean shardGiven;
    private final int intents;
    private final int replayLimit;
    private final long createdAtOrder;
    private final ArrayDeque<Dispatch> replay = new ArrayDeque<>();
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private long sequence;
    /** The highest sequence that is no longer in the buffer. */
    private long forgottenUpTo;
    /** The sequence when the connection was lost; entries above it were never on a wire. */
    private long sequenceAtDisconnect;

    private @Nullable GatewayConnection connection;
    private Reactor.@Nullable Timer expiry;
    private boolean alive = true;

    GatewaySession(
            String id,
            int shardId,
            int shardCount,
            boolean shardGiven,
            int intents,
            int replayLimit,
            long createdAtOrder) {
        this.id = id;
        this.shardId = shardId;
        this.shardCount = shardCount;
        this.shardGiven = shardGiven;
        this.intents = intents;
        this.replayLimit = replayLimit;
        this.createdAtOrder = createdAtOrder;
    }

    String id() {
        return id;
    }

    int shardId() {
        return shardId;
    }

    int shardCount() {
        return shardCount;
    }

    boolean shardGiven() {
        return shardGiven;
    }

    int intents() {
        return intents;
    }

    long createdAtOrder() {
        return createdAtOrder;
    }

    long sequence() {
        return sequence;
    }

    int replaySize() {
        return replay.size();
    }

    boolean alive() {
        return alive;
    }

    void died() {
        alive = false;
        replay.clear();
    }

    @Nullable
    GatewayConnection connection() {
        return connection;
    }

    void attach(GatewayConnection newConnection) {
        connection = newConnection;
        if (expiry != null) {
            expiry.cancel();
            expiry = null;
        }
    }

    void detach(Reactor.Timer newExpiry) {
        connection = null;
        sequenceAtDisconnect = sequence;
        expiry = newExpiry;
    }

    boolean wants(EventKind kind, boolean inGuild) {
        int needed = kind.intents(inGuild);
        return needed == 0 || (needed & intents) != 0;
    }

    void skipSequences(long count) {
        sequence += count;
    }

    /** Counts and keeps a dispatch. Returns null when the buffer of a disconnected session overflowed. */
    @Nullable
    Dispatch record(EventKind kind, byte[] d, long guildId, int number, long order) {
        Dispatch dispatch = new Dispatch(kind, d, ++sequence);
        replay.addLast(dispatch);
        if (number > 0) {
            unacknowledged.add(sequence, guildId, number, order);
        }
        if (replay.size() > replayLimit) {
            Dispatch evicted = replay.removeFirst();
            forgottenUpTo = evicted.sequence();
            if (connection == null && evicted.sequence() > sequenceAtDisconnect) {
                return null;
            }
        }
        return dispatch;
    }

    /** Whether everything after the sequence is still there. */
    boolean canReplayAfter(long receivedSequence) {
        return receivedSequence >= forgottenUpTo;
    }

    Iterable<Dispatch> after(long receivedSequence) {
        ArrayDeque<Dispatch> missed = new ArrayDeque<>();
        Iterator<Dispatch> backwards = replay.descendingIterator();
        while (backwards.hasNext()) {
            Dispatch dispatch = backwards.next();
            if (dispatch.sequence() <= receivedSequence) {
                break;
            }
            missed.addFirst(dispatch);
        }
        return missed;
    }

    void acknowledged(long receivedSequence, boolean trimReplay) {
        unacknowledged.acknowledged(receivedSequence);
        while (trimReplay && !replay.isEmpty() && replay.getFirst().sequence() <= receivedSequence) {
            forgottenUpTo = replay.removeFirst().sequence();
        }
    }

    Unacknowledged unacknowledged() {
        return unacknowledged;
    }
}
