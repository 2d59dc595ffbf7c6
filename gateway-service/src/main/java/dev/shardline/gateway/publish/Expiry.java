package dev.shardline.gateway.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which events of the spool are too old to be published, and what is said about them. Safe for use by many threads.
 *
 * <p>The time of receipt is a time of day, and a clock may be set: by an hour, or by a day. So an event is too old only
 * when every clock says so: the time of day, that of the start carried on by the monotonic clock, and the time for which
 * its stripe has had something on disk. A clock that is set can keep events for longer, and never drop one too early.
 */
final class Expiry {
    private static final Logger log = LoggerFactory.getLogger(Expiry.class);
    /** What is dropped with shorter pauses than this is told in one line. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

    private final Duration maxAge;
    private final long maxMicros;
    private final LongSupplier nanos;
    private final InstantSource wall;
    private final PublishCounters counters;
    private final long startMicros;
    private final long startNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private long count;
    private long oldest;
    private long newest;
    private long lastAt;

    /** The process starts now. An age of zero keeps everything. */
    Expiry(Duration maxAge, LongSupplier nanos, InstantSource wall, PublishCounters counters) {
        this.maxAge = maxAge;
        this.maxMicros = TimeUnit.MILLISECONDS.toMicros(maxAge.toMillis());
        this.nanos = nanos;
        this.wall = wall;
        this.counters = counters;
        this.startMicros = wallMicros();
        this.startNanos = nanos.getAsLong();
    }

    /** Whether the event, which lies or has lain on the disk, is not to be published any more. */
    boolean tooOld(Pending pending) {
        if (maxMicros == 0) {
            return false;
        }
        long received = pending.dispatch.receivedMicros();
        long now = nanos.getAsLong();
        return wallMicros() - received > maxMicros
                && startMicros + TimeUnit.NANOSECONDS.toMicros(now - startNanos) - received > maxMicros
                && pending.stripe.mayBeOlder(now, TimeUnit.MICROSECONDS.toNanos(maxMicros));
    }

    /** An event is dropped for its age. */
    void dropped(Pending pending) {
        long received = pending.dispatch.receivedMicros();
        counters.expired.increment();
        lock.lock();
        try {
            oldest = count == 0 ? received : Math.min(oldest, received);
            newest = count == 0 ? received : Math.max(newest, received);
            count++;
            lastAt = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Says what was dropped, once no more has been for a moment. */
    void report() {
        report(false);
    }

    /** Says what was dropped and not yet said: there will be no later round. */
    void reportAll() {
        report(true);
    }

    private void report(boolean last) {
        long told;
        long from;
        long to;
        lock.lock();
        try {
            if (count == 0 || (!last && nanos.getAsLong() - lastAt < QUIET)) {
                return;
            }
            told = count;
            from = oldest;
            to = newest;
            count = 0;
        } finally {
            lock.unlock();
        }
        log.warn(
                "{} spooled event(s), received from {} to {}, were dropped: older than shardline.spool.max-age, {}",
                told,
                time(from),
                time(to),
                maxAge);
    }

    private long wallMicros() {
        return TimeUnit.MILLISECONDS.toMicros(wall.millis());
    }

    private static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS);
    }
}
