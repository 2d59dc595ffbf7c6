package dev.shardline.gateway.shard;

import java.util.ArrayDeque;

/**
 * Limits how many connections are being opened at once, so that a thousand shards that lose their sockets together do
 * not dial together. First come, first served. Safe for use by many threads.
 */
final class DialQueue {
    private final ArrayDeque<Place> waiting = new ArrayDeque<>();
    private int free;

    DialQueue(int atOnce) {
        free = atOnce;
    }

    /** Runs {@code turn} once there is room: now, or later on the thread that makes room. It must only hand over. */
    Place take(Runnable turn) {
        Place place = new Place(turn);
        synchronized (waiting) {
            if (free == 0) {
                waiting.add(place);
                return place;
            }
            free--;
            place.holds = true;
        }
        turn.run();
        return place;
    }

    final class Place {
        private final Runnable turn;
        private boolean holds;
        private boolean over;

        private Place(Runnable turn) {
            this.turn = turn;
        }

        /** Makes room, or leaves the queue. Idempotent. */
        void release() {
            Place next = null;
            synchronized (waiting) {
                if (over) {
                    return;
                }
                over = true;
                if (!holds) {
                    waiting.remove(this);
                    return;
                }
                next = waiting.poll();
                if (next == null) {
                    free++;
                } else {
                    next.holds = true;
                }
            }
            if (next != null) {
                next.turn.run();
            }
        }
    }
}
