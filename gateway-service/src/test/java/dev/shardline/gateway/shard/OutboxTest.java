package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.protocol.Payload;
import dev.shardline.gateway.protocol.Payloads;
import dev.shardline.gateway.protocol.Presence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final long LATER = Duration.ofMinutes(1).toNanos();

    private final Outbox outbox = new Outbox();
    private final SendBudget budget = SendBudget.discord(Duration.ofMillis(41_250));
    private final List<String> sent = new ArrayList<>();

    private CompletableFuture<SendResult> add(Payload payload, long expiresAt) {
        CompletableFuture<SendResult> result = new CompletableFuture<>();
        outbox.add(payload, expiresAt, result);
        return result;
    }

    private void queue(Payload payload) {
        outbox.add(payload, LATER, null);
    }

    private boolean send(Payload payload) {
        return sent.add(payload.json());
    }

    private static Payload presence(String status) {
        return Payloads.presence(Presence.of(status));
    }

    private static Payload voice(String guild) {
        return Payloads.voiceState(guild, "1", false, false);
    }

    private static Payload members(String guild) {
        return Payloads.requestMembers(guild, "", 0, false, null);
    }

    private static Outcome outcome(CompletableFuture<SendResult> result) {
        return result.join().outcome();
    }

    @Test
    void voiceGoesBeforeRequestsAndRequestsBeforePresence() {
        queue(presence("idle"));
        queue(members("1"));
        queue(voice("1"));
        queue(members("2"));
        outbox.drain(budget, 0, this::send);
        assertThat(sent)
                .containsExactly(
                        voice("1").json(),
                        members("1").json(),
                        members("2").json(),
                        presence("idle").json());
        assertThat(outbox.size()).isZero();
    }

    @Test
    void onlyTheLatestPresenceIsSentAndAllAskersHearOfIt() {
        CompletableFuture<SendResult> first = add(presence("idle"), LATER);
        CompletableFuture<SendResult> second = add(presence("dnd"), LATER);
        outbox.drain(budget, 0, this::send);
        assertThat(sent).containsExactly(presence("dnd").json());
        assertThat(outcome(first)).isEqualTo(Outcome.SENT);
        assertThat(outcome(second)).isEqualTo(Outcome.SENT);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeTheSocketSeesIt() {
        CompletableFuture<SendResult> result =
                add(Payloads.requestMembers("1", "ä".repeat(2100), 1, false, null), LATER);
        assertThat(outcome(result)).isEqualTo(Outcome.TOO_LARGE);
        assertThat(result.join().text()).contains("4096");
    }

    @Test
    void whatWaitsTooLongIsAnswered() {
        CompletableFuture<SendResult> result = add(voice("1"), 10);
        outbox.expire(9);
        assertThat(result).isNotDone();
        outbox.expire(10);
        assertThat(outcome(result)).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void aFullOutboxRefuses() {
        for (int i = 0; i < Outbox.CAPACITY; i++) {
            assertThat(add(voice("1"), LATER)).isNotDone();
        }
        assertThat(outcome(add(voice("1"), LATER))).isEqualTo(Outcome.RATE_LIMITED);
    }

    @Test
    void whatCannotBeWrittenStaysAndIsNotCharged() {
        CompletableFuture<SendResult> result = add(voice("1"), LATER);
        assertThat(outbox.drain(budget, 0, payload -> false)).isNull();
        assertThat(result).isNotDone();
        outbox.drain(budget, 0, this::send);
        assertThat(outcome(result)).isEqualTo(Outcome.SENT);
    }

    @Test
    void tellsWhenTheBudgetAllowsTheNextOne() {
        for (int i = 0; i < 130; i++) {
            queue(voice("1"));
        }
        assertThat(outbox.drain(budget, 0, this::send)).isEqualTo(Duration.ofSeconds(60));
        assertThat(sent).hasSize(117);
    }
}
