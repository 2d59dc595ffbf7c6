package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {
    private long now = Long.MAX_VALUE - 1_000;

    private final Timers timers = new Timers() {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public long epochMillis() {
            return 0;
        }

        @Override
        public Scheduled schedule(Duration delay, Runnable task) {
            throw new IllegalStateException("schedules nothing");
        }
    };
    private final Pulse pulse = new Pulse(timers);

    private boolean isRunning() {
        return pulse.isRunningSince(pulse.stops());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aHeartbeatWithoutABeatIsTooLong() {
        pulse.connected(10);
        int stops = pulse.stops();
        pass(Duration.ofSeconds(10));
        assertThat(isRunning()).isTrue();
        assertThat(pulse.beat()).isZero();
        pass(Duration.ofMillis(10_001));
        assertThat(isRunning()).isFalse();
        assertThat(pulse.beat()).isEqualTo(Duration.ofMillis(10_001));
        assertThat(isRunning()).isTrue();
        assertThat(pulse.isRunningSince(stops)).as("what was here before").isFalse();
    }

    @Test
    void aBeatThatComesALittleLateIsNoStop() {
        pulse.connected(1);
        pass(Duration.ofSeconds(3));
        assertThat(isRunning()).isTrue();
        assertThat(pulse.beat()).isZero();
    }

    @Test
    void withoutHeartbeatsItIsHalfAMinute() {
        pulse.connected(0);
        pass(Duration.ofSeconds(30));
        assertThat(isRunning()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(isRunning()).isFalse();
    }

    @Test
    void aNewConnectionHasNothingThatOthersCouldHaveGot() {
        pulse.connected(20);
        pass(Duration.ofSeconds(60));
        pulse.connected(20);
        assertThat(isRunning()).isTrue();
    }
}
