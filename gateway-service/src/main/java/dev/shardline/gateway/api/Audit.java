package dev.shardline.gateway.api;

import dev.shardline.gateway.api.access.ApiAccess;
import dev.shardline.gateway.api.access.Caller;
import dev.shardline.gateway.api.access.DirectLoopback;
import dev.shardline.gateway.api.access.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who changed what, to the logger {@code shardline.audit}, one line of {@code name="value"} each, and counts it
 * in {@code shardline.api.changes}. Safe for use by many threads.
 *
 * <p>Requests that were turned away are all counted, in {@code shardline.api.refused}, and written down once a second at
 * most: a stranger must not be able to fill the disk.
 */
public final class Audit implements ApiAccess.Listener {
    /** The logger's name. */
    public static final String LOGGER = "shardline.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private final MeterRegistry registry;
    private final LongSupplier nanos;
    private final AtomicLong nextLine;
    private final AtomicLong silent = new AtomicLong();

    /**
     * Over a registry.
     *
     * @param nanos a monotonic clock, nanoseconds
     */
    public Audit(MeterRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
        this.nextLine = new AtomicLong(nanos.getAsLong());
    }

    /**
     * A change was tried.
     *
     * @param action one of a fixed set of words
     * @param target what it was for, in a caller's words
     * @param outcome one of a fixed set of words
     * @param text more, in a caller's words
     */
    void changed(Caller caller, String action, String target, String outcome, String text) {
        registry.counter("shardline.api.changes", "action", action, "outcome", outcome)
                .increment();
        LOG.info(
                "who=\"{}\" role=\"{}\" via=\"{}\" peer=\"{}\" action=\"{}\" target=\"{}\" outcome=\"{}\" text=\"{}\"",
                quoted(caller.name()),
                caller.role().word(),
                caller.via(),
                quoted(caller.peer()),
                action,
                quoted(target),
                outcome,
                quoted(text));
    }

    @Override
    public void refused(HttpServletRequest request, String who, Problem problem) {
        registry.counter("shardline.api.refused", "reason", problem.type().replaceAll(".*:", ""))
                .increment();
        long now = nanos.getAsLong();
        long next = nextLine.get();
        if (now - next < 0 || !nextLine.compareAndSet(next, now + PAUSE_NANOS)) {
            silent.incrementAndGet();
            return;
        }
        LOG.warn(
                "who=\"{}\" peer=\"{}\" action=\"{} {}\" outcome=\"REFUSED\" status=\"{}\" more=\"{}\"",
                quoted(who),
                quoted(DirectLoopback.peer(request)),
                quoted(request.getMethod()),
                quoted(request.getRequestURI()),
                problem.status(),
                silent.getAndSet(0));
    }

    private static String quoted(String text) {
        return Words.clean(text).replace('"', '\'');
    }
}
