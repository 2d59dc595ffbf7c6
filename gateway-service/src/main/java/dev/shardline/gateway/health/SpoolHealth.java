package dev.shardline.gateway.health;

import dev.shardline.gateway.publish.PublishHealth;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP while the spool can take events and resume points can be saved; a spool that holds some is still UP. */
public final class SpoolHealth extends AbstractHealthIndicator {
    private final Supplier<PublishHealth> publishing;
    private final Supplier<@Nullable String> checkpointFailure;
    private final LongSupplier micros;

    /**
     * Over spool and checkpoints.
     *
     * @param micros the time of day, microseconds since the epoch
     */
    public SpoolHealth(
            Supplier<PublishHealth> publishing, Supplier<@Nullable String> checkpointFailure, LongSupplier micros) {
        super("The state of the spool could not be read");
        this.publishing = publishing;
        this.checkpointFailure = checkpointFailure;
        this.micros = micros;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        PublishHealth now = publishing.get();
        String spool = now.spoolFailure();
        String checkpoints = checkpointFailure.get();
        health.status(spool == null && checkpoints == null && now.refusedSessions() == 0 ? "UP" : "DOWN")
                .withDetail("events", now.spoolEvents())
                .withDetail("bytes", now.spoolBytes())
                .withDetail("maxBytes", now.spoolMaxBytes())
                .withDetail("sessionsWaitingForRoom", now.refusedSessions());
        if (now.spoolOldestMicros() > 0) {
            health.withDetail("oldestMillis", Math.max(0, micros.getAsLong() - now.spoolOldestMicros()) / 1000);
        }
        if (now.spoolDamaged() > 0) {
            health.withDetail("damaged", now.spoolDamaged());
        }
        if (spool != null) {
            health.withDetail("failure", spool);
        }
        if (checkpoints != null) {
            health.withDetail("checkpointFailure", checkpoints);
        }
    }
}
