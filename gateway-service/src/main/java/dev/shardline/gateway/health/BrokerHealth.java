package dev.shardline.gateway.health;

import dev.shardline.gateway.publish.PublishHealth;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP when every publishing lane is connected and the broker takes what it is given; else it says why not. */
public final class BrokerHealth extends AbstractHealthIndicator {
    private final Supplier<PublishHealth> publishing;

    /** Over the publisher. */
    public BrokerHealth(Supplier<PublishHealth> publishing) {
        super("The state of the publisher could not be read");
        this.publishing = publishing;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        PublishHealth now = publishing.get();
        List<PublishHealth.LaneHealth> lanes = now.lanes();
        // None at all is how it looks before the start: all of none would be true.
        boolean up =
                !lanes.isEmpty() && lanes.stream().allMatch(lane -> lane.state() == PublishHealth.LaneState.CONNECTED);
        health.status(up ? "UP" : "DOWN")
                .withDetail(
                        "lanes",
                        lanes.stream()
                                .map(lane -> lane.state() + (lane.reason().isEmpty() ? "" : ": " + lane.reason()))
                                .toList())
                .withDetail(
                        "unconfirmed",
                        lanes.stream()
                                .mapToInt(PublishHealth.LaneHealth::unconfirmed)
                                .sum())
                .withDetail(
                        "oldestUnconfirmedMillis",
                        lanes.stream()
                                .mapToLong(PublishHealth.LaneHealth::confirmAgeMillis)
                                .max()
                                .orElse(0));
        if (!now.mismatches().isEmpty()) {
            health.withDetail("differs", now.mismatches());
        }
    }
}
