package dev.shardline.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.publish.PublishHealth;
import dev.shardline.gateway.publish.PublishHealth.LaneHealth;
import dev.shardline.gateway.publish.PublishHealth.LaneState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Health says UP only when it is. */
class HealthTest {
    @Test
    void noShardsYetIsDownAndSaysWhatIsWaitedFor() {
        Health health = health(new ShardsHealth(Optional::empty, () -> "Discord answers 503"));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("waitingFor", "Discord answers 503");
    }

    @Test
    void everyLaneConnectedIsUp() {
        assertThat(broker(lane(LaneState.CONNECTED, ""), lane(LaneState.CONNECTED, "")))
                .extracting(Health::getStatus)
                .isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @EnumSource(value = LaneState.class, mode = EnumSource.Mode.EXCLUDE, names = "CONNECTED")
    void oneLaneThatDoesNotPublishIsDownAndSaysWhy(LaneState state) {
        Health health = broker(lane(LaneState.CONNECTED, ""), lane(state, "memory alarm"));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails().get("lanes")).asString().contains(state + ": memory alarm");
    }

    @Test
    void aBrokerThatNobodyHasConnectedToIsNotUp() {
        assertThat(broker().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void aSpoolThatHoldsEventsIsUpAndSaysHowOldTheyAre() {
        Health health = spool(publishing(null, 0), null);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(health.getDetails()).containsEntry("events", 7L).containsEntry("oldestMillis", 3_000L);
    }

    @Test
    void aSpoolThatTakesNothingIsDown() {
        assertThat(spool(publishing("disk full", 0), null).getStatus()).isEqualTo(Status.DOWN);
        assertThat(spool(publishing(null, 1), null).getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void resumePointsThatCannotBeSavedAreDown() {
        Health health = spool(publishing(null, 0), "disk full");
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("checkpointFailure", "disk full");
    }

    @Test
    void presencesThatCannotBeSavedAreDown() {
        assertThat(health(new PresencesHealth(() -> null)).getStatus()).isEqualTo(Status.UP);
        Health health = health(new PresencesHealth(() -> "IOException: disk full"));
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails()).containsEntry("failure", "IOException: disk full");
    }

    private static Health broker(LaneHealth... lanes) {
        return health(new BrokerHealth(() -> new PublishHealth(List.of(lanes), 0, 1, 0, 0, null, 0, 0, List.of())));
    }

    private static Health spool(PublishHealth publishing, @Nullable String checkpoints) {
        return health(new SpoolHealth(() -> publishing, () -> checkpoints, () -> 4_000_000L));
    }

    private static PublishHealth publishing(@Nullable String spoolFailure, int refused) {
        return new PublishHealth(List.of(), 100, 1_000, 7, 1_000_000L, spoolFailure, 3, refused, List.of());
    }

    private static LaneHealth lane(LaneState state, String reason) {
        return new LaneHealth(state, reason, 0, 0, 0, 0);
    }

    private static Health health(HealthIndicator indicator) {
        return Objects.requireNonNull(indicator.health());
    }
}
