package dev.shardline.gateway.identify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.ManualTimers;
import dev.shardline.gateway.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PacedIdentifyGateTest {
    private static final Duration WINDOW = Duration.ofSeconds(5);

    private final ManualTimers timers = new ManualTimers();
    private final Map<Integer, IdentifyGate.Permit> permits = new HashMap<>();
    private final List<Integer> granted = new ArrayList<>();
    private final List<SessionStartLimit> answers = new ArrayList<>();
    private int asked;

    private final StartLimits limits = new StartLimits() {
        @Override
        public void refresh(Consumer<SessionStartLimit> answer, Consumer<Exception> problem) {
            asked++;
            if (answers.isEmpty()) {
                problem.accept(new GatewayBotException(
                        GatewayBotException.Kind.RATE_LIMITED, "asked too often", Duration.ofHours(23), null));
            } else {
                answer.accept(answers.remove(0));
            }
        }
    };

    private PacedIdentifyGate gate(int remaining, int concurrency) {
        return new PacedIdentifyGate(timers, limits, IdentifyBudget.TENTH, WINDOW, limit(remaining, concurrency));
    }

    private static SessionStartLimit limit(int remaining, int concurrency) {
        return new SessionStartLimit(1000, remaining, Duration.ofHours(4), concurrency);
    }

    private void request(PacedIdentifyGate gate, int shard) {
        permits.put(shard, gate.request(new ShardId(shard, 64), () -> granted.add(shard)));
    }

    private IdentifyGate.Permit permit(int shard) {
        return Objects.requireNonNull(permits.get(shard), "no permit was asked for");
    }

    private void use(int shard) {
        permit(shard).used();
    }

    private void release(int shard) {
        permit(shard).release();
    }

    @Test
    void oneIdentifyPerBucketAndWindowInOrder() {
        PacedIdentifyGate gate = gate(1000, 16);
        for (int shard = 0; shard < 40; shard++) {
            request(gate, shard);
        }
        List<Long> usedAt = new ArrayList<>();
        Map<Integer, Long> bucketUsedAt = new HashMap<>();
        int used = 0;
        for (int step = 0; step < 200 && used < 40; step++) {
            while (used < granted.size()) {
                int shard = granted.get(used++);
                use(shard);
                Long before = bucketUsedAt.put(shard % 16, timers.nanos());
                if (before != null) {
                    assertThat(timers.nanos() - before).isGreaterThanOrEqualTo(WINDOW.toNanos());
                }
                usedAt.add(timers.nanos());
            }
            timers.advance(Duration.ofMillis(100));
        }
        assertThat(granted.subList(0, 16)).allMatch(shard -> shard < 16);
        assertThat(granted.subList(16, 32)).allMatch(shard -> shard >= 16 && shard < 32);
        assertThat(usedAt).hasSize(40);
        assertThat(usedAt.get(39) - usedAt.get(0))
                .isLessThan(WINDOW.multipliedBy(2).plusMillis(300).toNanos());
    }

    @Test
    void theWindowBeginsWhenIdentifyIsSentNotWhenThePermitIsGranted() {
        PacedIdentifyGate gate = gate(1000, 1);
        request(gate, 0);
        request(gate, 1);
        timers.advance(Duration.ofSeconds(9));
        assertThat(granted).containsExactly(0);
        use(0);
        timers.advance(WINDOW.minusMillis(1));
        assertThat(granted).containsExactly(0);
        timers.advance(Duration.ofMillis(1));
        assertThat(granted).containsExactly(0, 1);
    }

    @Test
    void anUnusedPermitPassesOnAtOnceAndCostsNothing() {
        PacedIdentifyGate gate = gate(1000, 1);
        request(gate, 0);
        request(gate, 1);
        release(0);
        release(0);
        assertThat(granted).containsExactly(0, 1);
        assertThat(gate.spendable()).isEqualTo(900);
    }

    @Test
    void whoGivesUpLeavesTheQueue() {
        PacedIdentifyGate gate = gate(1000, 1);
        request(gate, 0);
        request(gate, 1);
        request(gate, 2);
        release(1);
        use(0);
        timers.advance(WINDOW);
        assertThat(granted).containsExactly(0, 2);
    }

    @Test
    void nothingIsSpentBelowTheReserveUntilTheBudgetBeginsAnew() {
        PacedIdentifyGate gate = gate(102, 1);
        for (int shard = 0; shard < 4; shard++) {
            request(gate, shard);
        }
        for (int i = 0; i < 100; i++) {
            granted.stream().filter(permits::containsKey).toList().forEach(this::use);
            timers.advance(WINDOW);
        }
        assertThat(granted).containsExactly(0, 1);
        assertThat(gate.spendable()).isZero();

        answers.add(limit(1000, 1));
        timers.advance(Duration.ofHours(4));
        assertThat(asked).isEqualTo(1);
        assertThat(granted).containsExactly(0, 1, 2);
    }

    @Test
    void anUnusedPermitCountsAgainstTheBudgetWhileItIsHeld() {
        PacedIdentifyGate gate = gate(101, 16);
        request(gate, 0);
        request(gate, 1);
        assertThat(granted).containsExactly(0);
        release(0);
        assertThat(granted).containsExactly(0, 1);
    }

    @Test
    void asksBeforeTheFirstIdentifyAndHonoursRetryAfter() {
        PacedIdentifyGate gate = new PacedIdentifyGate(timers, limits, IdentifyBudget.TENTH, WINDOW, null);
        assertThat(gate.spendable()).isEqualTo(-1);
        request(gate, 0);
        request(gate, 5);
        timers.settle();
        assertThat(asked).isEqualTo(1);
        timers.advance(Duration.ofHours(22));
        assertThat(asked).isEqualTo(1);
        answers.add(limit(1000, 4));
        timers.advance(Duration.ofHours(2));
        assertThat(asked).isEqualTo(2);
        assertThat(granted).containsExactlyInAnyOrder(0, 5);
    }

    @Test
    void aDayOfFlappingStaysWithinTheBudget() {
        PacedIdentifyGate gate = new PacedIdentifyGate(
                timers,
                (answer, problem) -> answer.accept(limit(1000, 1)),
                IdentifyBudget.TENTH,
                WINDOW,
                new SessionStartLimit(1000, 1000, Duration.ofHours(24), 1));
        for (int shard = 0; shard < 64; shard++) {
            request(gate, shard);
        }
        int seen = 0;
        for (int step = 0; step < 24 * 3600 / 5; step++) {
            while (seen < granted.size()) {
                int shard = granted.get(seen++);
                use(shard);
                request(gate, shard);
            }
            timers.advance(WINDOW);
        }
        assertThat(granted).hasSize(900);
    }

    @Test
    void aChangedConcurrencyKeepsTheOrderAndTheRest() {
        PacedIdentifyGate gate = gate(1000, 1);
        request(gate, 0);
        request(gate, 1);
        request(gate, 2);
        use(0);
        gate.refreshed(limit(1000, 2));
        assertThat(granted).containsExactly(0);
        timers.advance(WINDOW);
        assertThat(granted).containsExactlyInAnyOrder(0, 1, 2);
    }
}
