package dev.shardline.gateway.shard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@link ShardMachine} wants done. */
sealed interface Effect {
    void perform(ShardIo io);

    /** What a timer of a shard is for. At most one of each kind is set. */
    enum Deadline {
        /** The web socket must be open. */
        CONNECT(Duration.ofSeconds(10)),
        /** HELLO must have come. */
        HELLO(Duration.ofSeconds(20)),
        /** Before READY or RESUMED, something must come in at least this often. */
        HANDSHAKE(Duration.ofSeconds(60)),
        /** After this long in READY, earlier failures are forgiven. */
        STABLE(Duration.ofSeconds(60)),
        /** A connection that is told to close must be over. */
        CLOSE(Duration.ofSeconds(5));

        private final Duration length;

        Deadline(Duration length) {
            this.length = length;
        }

        Duration length() {
            return length;
        }
    }

    /** Open a connection: to the session's resume address, or, when null, to the main one. */
    record Dial(@Nullable String url, boolean resume) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.dial(url, resume);
        }
    }

    /** Give up a dial that is still queued, or the connection: nothing more may come from it. */
    record Cancel() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.cancelConnection();
        }
    }

    /** Close the connection with 4000, which keeps the session, and take nothing more from it. */
    record Close(String reason) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.closeConnection(reason);
        }
    }

    /** The connection is over: free what belongs to it. */
    record Release() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.releaseConnection();
        }
    }

    /** Queue for an identify. */
    record RequestPermit() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.requestPermit();
        }
    }

    /** Leave the queue, or give the permit back. Harmless without one, or once it was used. */
    record ReleasePermit() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.releasePermit();
        }
    }

    /** Send IDENTIFY; the permit is used. */
    record Identify() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.identify();
        }
    }

    /** Send RESUME. */
    record Resume(Session session) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.resume(session);
        }
    }

    /** Begin to beat. */
    record StartHeart(Duration interval) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.startHeart(interval);
        }
    }

    /** Send a heartbeat now. */
    record Beat() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.beat();
        }
    }

    /** Set a timer. */
    record Arm(Deadline deadline) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.arm(deadline);
        }
    }

    /** Cancel a timer. */
    record Disarm(Deadline deadline) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.disarm(deadline);
        }
    }

    /** Wait, then report {@link ShardMachine#onWaited}. */
    record Wait(Backoff.Kind kind, int failures, Duration atLeast) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.backOff(kind, failures, atLeast);
        }
    }

    /** Wait a random 1 to 5 seconds, then report {@link ShardMachine#onWaited}. */
    record WaitAfterInvalidSession() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.waitAfterInvalidSession();
        }
    }

    /** Do not wait any more. */
    record CancelWait() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.cancelWait();
        }
    }

    /** Commands may go out. */
    record OpenOutbox(boolean restorePresence) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.openOutbox(restorePresence);
        }
    }

    /** A session is gone for good. */
    record Lose(Session session, String reason) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.lose(session, reason);
        }
    }

    /** Discord refused for good. */
    record Fatal(int code) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.fatal(code);
        }
    }

    /** Stopped: nothing is open any more. */
    record Stopped() implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.stopped();
        }
    }

    /** Tell the listeners. */
    record Tell(News news) implements Effect {
        @Override
        public void perform(ShardIo io) {
            io.tell(news);
        }
    }

    /** What happened, as far as the machine is the one who knows. */
    enum News {
        CONNECTED,
        RECONNECT_REQUESTED,
        INVALID_SESSION_RESUMABLE,
        INVALID_SESSION,
        ZOMBIE,
        TIMED_OUT,
        RESUMED
    }
}
