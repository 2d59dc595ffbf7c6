package dev.shardline.gateway.reshard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shardline.gateway.identify.GatewayBotException;
import dev.shardline.gateway.identify.GatewayInfo;
import dev.shardline.gateway.identify.SessionStartLimit;
import dev.shardline.gateway.reshard.ReshardDecision.Kind;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ReshardAdvisorTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(ReshardAdvisor.class);
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTimers timers = new ManualTimers();
    private final ControllerFailures failures = new ControllerFailures();
    private final List<ReshardFacts> told = new ArrayList<>();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private ReshardPolicy policy = facts -> ReshardDecision.stay("it fits");
    private GatewayInfo discord = info(4, 1000);
    private @Nullable GatewayBotException silence;
    private int asked;

    private final ReshardAdvisor advisor = new ReshardAdvisor(
            new ReshardAdvisor.Ports(
                    this::ask,
                    new GuildCounts(dispatch -> {}),
                    facts -> {
                        told.add(facts);
                        return policy.decide(facts);
                    },
                    limit -> limit.total() / 10,
                    failures,
                    timers,
                    Runnable::run),
            WINDOW,
            ReshardRules.DEFAULTS);

    private static GatewayInfo info(int shards, int remaining) {
        return new GatewayInfo("wss://x", shards, new SessionStartLimit(1000, remaining, Duration.ofHours(2), 2));
    }

    private GatewayInfo ask() throws GatewayBotException {
        asked++;
        if (silence != null) {
            throw silence;
        }
        return discord;
    }

    @BeforeEach
    void listen() {
        lines.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(lines);
        LOGGER.setLevel(null);
        advisor.close();
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void asksOnceTheShardsAreReadyAndThenEveryInterval() {
        ready.set(false);
        advisor.start(4, ready::get);
        timers.advance(Duration.ofMinutes(3));
        assertThat(told).isEmpty();
        assertThat(advisor.advice().inWords()).isEqualTo("the shard count was not judged yet");
        ready.set(true);
        timers.advance(Duration.ofSeconds(1));
        assertThat(told).hasSize(1);
        timers.advance(HOUR.minusSeconds(1));
        assertThat(told).hasSize(1);
        timers.advance(Duration.ofSeconds(1));
        assertThat(told).hasSize(2);
        timers.advance(HOUR.multipliedBy(3));
        assertThat(told).hasSize(5);
        assertThat(asked).isEqualTo(5);
    }

    @Test
    void aShardThatNeverGetsReadyDoesNotKeepItFromAskingForEver() {
        advisor.start(4, () -> false);
        timers.advance(HOUR);
        assertThat(told).hasSize(1);
    }

    @Test
    void tellsThePolicyEverythingItKnows() {
        advisor.start(4, ready::get);
        timers.advance(Duration.ofSeconds(1));
        discord = info(7, 500);
        timers.advance(HOUR);
        ReshardFacts facts = told.get(1);
        assertThat(facts.shards()).isEqualTo(4);
        assertThat(facts.recommended()).isEqualTo(7);
        assertThat(facts.spendable()).isEqualTo(400);
        assertThat(facts.sinceAsked()).isZero();
        assertThat(facts.rules()).isEqualTo(ReshardRules.DEFAULTS);
        assertThat(told.get(0).last()).isNull();
        assertThat(facts.last()).isEqualTo(ReshardDecision.stay("it fits"));
        assertThat(facts.sinceLast()).isEqualTo(HOUR);
    }

    @Test
    void saysSoOncePerChangeInPlainWords() {
        advisor.start(4, ready::get);
        timers.advance(HOUR.multipliedBy(3));
        assertThat(said()).containsExactly("The shard count of 4 fits: it fits");
        policy = facts -> ReshardDecision.reshard(8, "there are many guilds (" + told.size() + ")");
        timers.advance(HOUR.multipliedBy(3));
        assertThat(said()).hasSize(2);
        assertThat(said().get(1))
                .contains("should be 8 instead of 4", "there are many guilds", "SHARDLINE_SHARDS_TOTAL=8", "restart")
                .contains("not resumed");
        policy = facts -> ReshardDecision.wait("no identifies are left");
        timers.advance(HOUR.multipliedBy(2));
        assertThat(said()).hasSize(3);
        assertThat(said().get(2)).contains("has to wait: no identifies are left");
        assertThat(advisor.decisions(Kind.STAY)).isEqualTo(3);
        assertThat(advisor.decisions(Kind.RESHARD)).isEqualTo(3);
        assertThat(advisor.decisions(Kind.WAIT)).isEqualTo(2);
    }

    @Test
    void aPolicyThatFailsIsCountedAndTheDefaultDecides() {
        policy = facts -> {
            throw new IllegalStateException("no idea");
        };
        discord = info(9, 1000);
        advisor.start(4, ready::get);
        timers.advance(Duration.ofSeconds(1));
        assertThat(failures.count(ReshardPolicy.class)).isEqualTo(1);
        ReshardDecision decision = advisor.advice().decision();
        assertThat(decision).extracting(ReshardDecision::kind).isEqualTo(Kind.RESHARD);
        assertThat(decision).extracting(ReshardDecision::shards).isEqualTo(10);
        policy = facts -> ReshardDecision.reshard(4, "the count that there is");
        timers.advance(HOUR);
        policy = facts -> ReshardDecision.reshard(1_000_000, "a million");
        timers.advance(HOUR);
        assertThat(failures.count(ReshardPolicy.class)).isEqualTo(3);
        assertThat(advisor.advice().decision()).isEqualTo(decision);
    }

    @Test
    void whenDiscordDoesNotAnswerNobodyDecidesAndItIsAskedAgain() {
        silence = failure(null);
        advisor.start(4, ready::get);
        timers.advance(Duration.ofSeconds(1));
        assertThat(told).isEmpty();
        assertThat(advisor.advice().failure()).contains("nobody there");
        assertThat(advisor.advice().inWords()).contains("could not be judged", "nobody there");
        assertThat(advisor.failures()).isEqualTo(1);
        timers.advance(Duration.ofMinutes(5));
        assertThat(asked).isEqualTo(2);
        silence = failure(Duration.ofMinutes(20));
        timers.advance(Duration.ofMinutes(5));
        timers.advance(Duration.ofMinutes(19));
        assertThat(asked).as("not before it may be").isEqualTo(3);
        silence = null;
        timers.advance(Duration.ofMinutes(1));
        assertThat(told).hasSize(1);
        assertThat(advisor.advice().failure()).isNull();
        assertThat(said()).filteredOn(line -> line.contains("nobody there")).hasSize(1);
    }

    private static GatewayBotException failure(@Nullable Duration retryAfter) {
        return new GatewayBotException(GatewayBotException.Kind.UNAVAILABLE, "nobody there", retryAfter, null);
    }

    @Test
    void otherRulesHoldAtOnceWithoutAskingDiscordForTheSame() {
        advisor.start(4, ready::get);
        timers.advance(Duration.ofSeconds(1));
        ReshardRules next = new ReshardRules(ReshardRules.Mode.ADVISE, 0.6, 0.4, 2000, Duration.ofMinutes(10));
        advisor.use(next);
        timers.settle();
        assertThat(told).hasSize(2);
        assertThat(told.get(1).rules()).isEqualTo(next);
        assertThat(asked).isEqualTo(1);
        timers.advance(Duration.ofMinutes(10));
        assertThat(told).as("the new interval").hasSize(3);
        timers.advance(HOUR.minusMinutes(10));
        assertThat(told).as("and not the old one beside it").hasSize(8);
    }

    @Test
    void rulesThatChangeWhileThePolicyIsAskedAreNotForgotten() {
        ReshardRules next = new ReshardRules(ReshardRules.Mode.ADVISE, 0.6, 0.4, 2000, HOUR);
        policy = facts -> {
            advisor.use(next);
            return ReshardDecision.stay("it fits");
        };
        advisor.start(4, ready::get);
        timers.advance(Duration.ofSeconds(1));
        assertThat(told).extracting(ReshardFacts::rules).containsExactly(ReshardRules.DEFAULTS, next);
    }

    @Test
    void offAsksNobodyAndSaysSo() {
        advisor.start(4, ready::get);
        timers.advance(Duration.ofSeconds(1));
        advisor.use(new ReshardRules(ReshardRules.Mode.OFF, 0.8, 0.5, 2500, HOUR));
        timers.advance(HOUR.multipliedBy(5));
        assertThat(told).hasSize(1);
        assertThat(advisor.advice().decision()).isNull();
        assertThat(advisor.advice().untilNext()).isNull();
        assertThat(advisor.advice().inWords()).contains("shardline.reshard.mode is off");
        advisor.use(ReshardRules.DEFAULTS);
        timers.settle();
        assertThat(told).hasSize(2);
    }

    @Test
    void afterItsEndItAsksNobody() {
        advisor.start(4, ready::get);
        advisor.close();
        timers.advance(HOUR.multipliedBy(5));
        assertThat(asked).isZero();
    }

    @Test
    void aPlanSaysWhatAnotherCountCosts() {
        advisor.start(4, ready::get);
        discord = info(9, 1000);
        ReshardPlan plan = advisor.plan(31).toCompletableFuture().join();
        assertThat(plan.from()).isEqualTo(4);
        assertThat(plan.identifies()).isEqualTo(31);
        assertThat(plan.takes()).as("16 rounds of 2, the last needs no rest").isEqualTo(WINDOW.multipliedBy(15));
        assertThat(plan.affordable()).isTrue();
        assertThat(plan.inWords()).contains("31 identifies", "75 s", "900 may be spent");
        ReshardPlan big = advisor.plan(901).toCompletableFuture().join();
        assertThat(big.affordable()).isFalse();
        assertThat(big.inWords()).contains("too few");
        assertThat(advisor.plan(0).toCompletableFuture().join().shards())
                .as("what Discord recommends")
                .isEqualTo(9);
        policy = facts -> ReshardDecision.reshard(12, "a dozen");
        timers.advance(Duration.ofSeconds(1));
        assertThat(advisor.plan(0).toCompletableFuture().join().shards())
                .as("what is advised")
                .isEqualTo(12);
        assertThat(asked).as("one answer serves a minute").isEqualTo(1);
    }

    @Test
    void aPlanWithoutAnyAnswerOfDiscordFailsWithItsReason() {
        silence = failure(null);
        advisor.start(4, ready::get);
        assertThat(advisor.plan(8).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("nobody there");
        silence = null;
        advisor.plan(8).toCompletableFuture().join();
        timers.advance(Duration.ofMinutes(30));
        silence = failure(null);
        assertThat(advisor.plan(8).toCompletableFuture().join().facts().sinceAsked())
                .as("an old answer is better than none, and its age is told")
                .isGreaterThan(Duration.ofMinutes(28));
    }

    @Test
    void thereIsNoPlanBeforeThereAreShards() {
        assertThat(advisor.plan(8).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .withMessageContaining("no shards yet");
    }

    @Test
    void rulesOutOfRangeNameValueAndMend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReshardRules(ReshardRules.Mode.ADVISE, 1.2, 0.5, 2500, HOUR))
                .withMessage("threshold must be above 0 up to 1, was 1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReshardRules(ReshardRules.Mode.ADVISE, 0.8, 0.8, 2500, HOUR))
                .withMessage("target must be above 0 and below the threshold of 0.8, was 0.8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReshardRules(ReshardRules.Mode.ADVISE, 0.8, 0.5, 2501, HOUR))
                .withMessage("guilds_per_shard must be 1 to 2500, was 2501");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReshardRules(ReshardRules.Mode.ADVISE, 0.8, 0.5, 2500, Duration.ofSeconds(59)))
                .withMessage("check_interval must be 1m to 7d, was 59s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReshardDecision(Kind.STAY, 3, "?"))
                .withMessageContaining("was 3");
    }
}
