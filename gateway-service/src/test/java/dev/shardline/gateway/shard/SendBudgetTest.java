package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.protocol.Opcode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendBudgetTest {
    private static final Duration HEARTBEAT = Duration.ofMillis(41_250);

    @Test
    void noWindowOfSixtySecondsSeesMoreThan120HoweverMuchIsAskedFor() {
        SendBudget budget = SendBudget.discord(HEARTBEAT);
        List<Long> sent = new ArrayList<>();
        long nextBeat = 0;
        for (long millis = 0; millis < 600_000; millis += 100) {
            long nanos = millis * 1_000_000;
            if (millis >= nextBeat) {
                assertThat(budget.tryTake(Opcode.HEARTBEAT, nanos)).isTrue();
                sent.add(millis);
                nextBeat += HEARTBEAT.toMillis();
            }
            for (int i = 0; i < 10; i++) {
                if (budget.tryTake(Opcode.REQUEST_GUILD_MEMBERS, nanos)) {
                    sent.add(millis);
                }
            }
        }
        for (int i = 0; i + 120 < sent.size(); i++) {
            assertThat(sent.get(i + 120) - sent.get(i)).isGreaterThanOrEqualTo(60_000);
        }
        assertThat(sent.size()).isGreaterThan(10 * 115);
    }

    @Test
    void theReserveFollowsTheHeartbeatInterval() {
        assertThat(taken(SendBudget.discord(HEARTBEAT))).isEqualTo(117);
        assertThat(taken(SendBudget.discord(Duration.ofSeconds(5)))).isEqualTo(106);
        assertThat(taken(SendBudget.discord(Duration.ofMillis(100)))).isEqualTo(1);
    }

    private static int taken(SendBudget budget) {
        int taken = 0;
        while (budget.tryTake(Opcode.VOICE_STATE_UPDATE, 0)) {
            taken++;
        }
        return taken;
    }

    @Test
    void fivePresencesInTwentySecondsAndThenAWaitThatIsExact() {
        SendBudget budget = SendBudget.discord(HEARTBEAT);
        for (int i = 0; i < 5; i++) {
            assertThat(budget.tryTake(Opcode.PRESENCE_UPDATE, i * 1_000_000_000L))
                    .isTrue();
        }
        assertThat(budget.tryTake(Opcode.PRESENCE_UPDATE, 5_000_000_000L)).isFalse();
        assertThat(budget.waitFor(Opcode.PRESENCE_UPDATE, 5_000_000_000L)).isEqualTo(Duration.ofSeconds(15));
        assertThat(budget.waitFor(Opcode.VOICE_STATE_UPDATE, 5_000_000_000L)).isZero();
        assertThat(budget.tryTake(Opcode.PRESENCE_UPDATE, 20_000_000_000L)).isTrue();
    }
}
