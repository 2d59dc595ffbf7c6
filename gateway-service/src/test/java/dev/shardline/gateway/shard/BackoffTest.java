package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.fullJitter();

    @Test
    void theSpanDoublesUpToItsCapAndEveryPartOfItIsUsed() {
        assertThat(backoff.delay(Backoff.Kind.CONNECT, 0, 0.999))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(1));
        assertThat(backoff.delay(Backoff.Kind.CONNECT, 3, 0.5)).isEqualTo(Duration.ofSeconds(4));
        assertThat(backoff.delay(Backoff.Kind.CONNECT, 3, 0)).isZero();
        assertThat(backoff.delay(Backoff.Kind.CONNECT, 1_000_000, 0.5)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void identifiesBackOffToTenMinutes() {
        assertThat(backoff.delay(Backoff.Kind.IDENTIFY, 50, 0.5)).isEqualTo(Duration.ofMinutes(5));
    }
}
