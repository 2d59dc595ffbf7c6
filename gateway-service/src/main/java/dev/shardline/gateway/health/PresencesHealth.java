package dev.shardline.gateway.health;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * UP when what commands have set as presences is on disk. Not part of readiness: events and commands do not suffer, only a
 * restart would show an older presence.
 */
public final class PresencesHealth extends AbstractHealthIndicator {
    private final Supplier<@Nullable String> failure;

    /** @param failure why they could not be saved or read, null when they could */
    public PresencesHealth(Supplier<@Nullable String> failure) {
        super("Whether presences are saved could not be read");
        this.failure = failure;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        String now = failure.get();
        health.status(now == null ? "UP" : "DOWN");
        if (now != null) {
            health.withDetail("failure", now);
        }
    }
}
