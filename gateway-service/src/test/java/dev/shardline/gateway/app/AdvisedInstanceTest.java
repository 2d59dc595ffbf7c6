package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Outcome;
import dev.shardline.gateway.command.Answer;
import dev.shardline.gateway.command.ClusterOperations;
import dev.shardline.gateway.identify.GatewayBotException;
import dev.shardline.gateway.identify.GatewayInfo;
import dev.shardline.gateway.identify.SessionStartLimit;
import dev.shardline.gateway.reshard.GrowingPolicy;
import dev.shardline.gateway.reshard.GuildCounts;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.reshard.ReshardRules;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.ManualTimers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the cluster commands about the shard count are answered, whatever Discord says. */
class AdvisedInstanceTest {
    private final ManualTimers timers = new ManualTimers();
    private @Nullable GatewayBotException silence;
    private int remaining = 1000;
    private final ReshardAdvisor advisor = new ReshardAdvisor(
            new ReshardAdvisor.Ports(
                    this::ask,
                    new GuildCounts(dispatch -> {}),
                    new GrowingPolicy(),
                    limit -> 100,
                    new ControllerFailures(),
                    timers,
                    Runnable::run),
            Duration.ofSeconds(5),
            ReshardRules.DEFAULTS);
    private final ClusterOperations instance = new AdvisedInstance(new Nobody(), advisor);

    private GatewayInfo ask() throws GatewayBotException {
        if (silence != null) {
            throw silence;
        }
        return new GatewayInfo("", 8, new SessionStartLimit(1000, remaining, Duration.ofHours(1), 16));
    }

    private static Answer answer(CompletionStage<Answer> stage) {
        return stage.toCompletableFuture().join();
    }

    @Test
    void aStartIsRefusedWithWhatToDoInstead() {
        advisor.start(4, () -> true);
        Answer answer = answer(instance.reshardStart(16, false));
        assertThat(answer.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(answer.text())
                .contains("SHARDLINE_SHARDS_TOTAL=16 and restart", "not resumed", "identifies anew", "dry_run");
        assertThat(answer(instance.reshardStart(0, false)).text()).contains("SHARDLINE_SHARDS_TOTAL=<n>");
    }

    @Test
    void aPlanThatTheBudgetDoesNotAllowSaysSo() {
        advisor.start(4, () -> true);
        remaining = 110;
        Answer answer = answer(instance.reshardStart(16, true));
        assertThat(answer.outcome()).isEqualTo(Outcome.RESULT);
        assertThat(answer.text())
                .contains("16 identifies", "10 may be spent now (110 are left and 100 are kept)", "too few");
        assertThat(answer.result()).asString().contains("\"affordable\":false", "\"takes_ms\":0");
    }

    @Test
    void aPlanForWhichDiscordDoesNotAnswerSaysWhyAndWhenToTryAgain() {
        advisor.start(4, () -> true);
        silence = new GatewayBotException(GatewayBotException.Kind.UNAVAILABLE, "nobody there", null, null);
        assertThat(answer(instance.reshardStart(16, true)))
                .isEqualTo(Answer.of(Outcome.INVALID, "there is no plan: nobody there"));
        silence =
                new GatewayBotException(GatewayBotException.Kind.RATE_LIMITED, "not now", Duration.ofSeconds(30), null);
        assertThat(answer(instance.reshardStart(16, true)))
                .isEqualTo(Answer.rateLimited("there is no plan: not now", Duration.ofSeconds(30)));
    }

    @Test
    void theStatusSaysWhatIsAdvisedAndWhyItIsNotKnownYet() {
        assertThat(answer(instance.reshardStatus()).text()).contains("was not judged yet");
        advisor.start(4, () -> true);
        timers.advance(Duration.ofSeconds(1));
        Answer answer = answer(instance.reshardStatus());
        assertThat(answer.outcome()).isEqualTo(Outcome.RESULT);
        assertThat(answer.text()).contains("8 shards are advised", "Discord recommends 8 shards");
        assertThat(answer.result())
                .asString()
                .contains("\"decision\":\"reshard\",\"advised\":8", "\"next_ms\":3600000", "\"remaining\":1000")
                .doesNotContain("guilds_known_of_shards");
    }

    /** Everything else is the instance's own. */
    private static final class Nobody implements ClusterOperations {
        @Override
        public boolean answersForCluster() {
            return true;
        }

        @Override
        public CompletionStage<Answer> status() {
            return CompletableFuture.completedFuture(Answer.invalid("status"));
        }

        @Override
        public CompletionStage<Answer> locate(long guildId) {
            return CompletableFuture.completedFuture(Answer.invalid("locate"));
        }
    }
}
