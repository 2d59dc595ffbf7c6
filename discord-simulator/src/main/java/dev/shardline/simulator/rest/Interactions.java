package dev.shardline.simulator.rest;

import dev.shardline.simulator.gateway.InteractionLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which interactions happened and how they were answered. Reactor's thread only.
 *
 * <p>See Discord Docs/Receiving and Responding: the first answer must come within 3 seconds, a second one gets 40060.
 */
public final class Interactions implements InteractionLog {
    private static final int MOST = 100_000;
    private static final int UNKNOWN_INTERACTION = 10062;
    private static final int ALREADY_ACKNOWLEDGED = 40060;

    /** An interaction that waits for its answer. */
    private static final class Pending {
        private final String token;
        private final long since;
        private boolean answered;

        private Pending(String token, long since) {
            this.token = token;
            this.since = since;
        }
    }

    private final Map<String, Pending> pending = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
            return size() > MOST;
        }
    };
    private final Set<String> acknowledged = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    });
    private final ArrayDeque<InteractionCallback> callbacks = new ArrayDeque<>();
    private final LongSupplier nanos;
    private final long timeoutNanos;

    public Interactions(Duration timeout, LongSupplier nanos) {
        this.timeoutNanos = timeout.toNanos();
        this.nanos = nanos;
    }

    @Override
    public void happened(String id, String token) {
        pending.put(id, new Pending(token, nanos.getAsLong()));
    }

    InteractionCallback answer(String id, String token, int type, String body) {
        Pending waiting = pending.get(id);
        InteractionCallback callback;
        if (waiting == null || !waiting.token.equals(token)) {
            callback = new InteractionCallback(id, type, body, Duration.ZERO, 404, UNKNOWN_INTERACTION);
        } else {
            Duration latency = Duration.ofNanos(nanos.getAsLong() - waiting.since);
            if (waiting.answered) {
                callback = new InteractionCallback(id, type, body, latency, 400, ALREADY_ACKNOWLEDGED);
            } else if (latency.toNanos() > timeoutNanos) {
                callback = new InteractionCallback(id, type, body, latency, 404, UNKNOWN_INTERACTION);
            } else {
                waiting.answered = true;
                acknowledged.add(token);
                callback = new InteractionCallback(id, type, body, latency, 204, 0);
            }
        }
        if (callbacks.size() >= MOST) {
            callbacks.removeFirst();
        }
        callbacks.addLast(callback);
        return callback;
    }

    /** Whether an interaction with this token has had its first answer: only then is there one to edit. */
    boolean answered(String token) {
        return acknowledged.contains(token);
    }

    /** The latest 100,000 callbacks, accepted or not, oldest first. */
    public List<InteractionCallback> callbacks() {
        return new ArrayList<>(callbacks);
    }
}
