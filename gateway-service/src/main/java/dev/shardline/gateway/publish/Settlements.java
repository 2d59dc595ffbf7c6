package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.ShardId;

/** Told which events are accepted and which are safe. Safe for use by many threads; no method blocks for I/O. */
public interface Settlements {
    /** The progress of a session, the same object for every call while the session lives. */
    Progress of(ShardId shard, String session);

    /** One session's way through the gateway. */
    interface Progress {
        /** What to do with an event. */
        enum Acceptance {
            /** Not seen before: it is in flight from now on. */
            NEW,
            /** Accepted earlier and replayed now, as after a RESUME from the settled sequence: leave it out. */
            REPEATED,
            /** An event before it was refused: leave it out, a RESUME will bring it again. */
            REFUSED
        }

        /** Takes an event in. Called in ascending order, except after a RESUME. */
        Acceptance accept(long sequence);

        /**
         * Takes back the acceptance of the newest event, because there is no room for it. Every later one is
         * {@link Acceptance#REFUSED} until the session is resumed from the settled sequence.
         */
        void refuse(long sequence);

        /** The event is confirmed by the broker, durable in the spool, or deliberately not published. */
        void settle(long sequence);
    }
}
