package dev.shardline.gateway.app;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.command.Answer;
import dev.shardline.gateway.command.ClusterOperations;
import dev.shardline.gateway.identify.GatewayBotException;
import dev.shardline.gateway.identify.SessionStartLimit;
import dev.shardline.gateway.reshard.ReshardAdvice;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.reshard.ReshardDecision;
import dev.shardline.gateway.reshard.ReshardFacts;
import dev.shardline.gateway.reshard.ReshardPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A cluster of one that knows whether its shard count fits, what another one would cost, and that it cannot change it. */
final class AdvisedInstance implements ClusterOperations {
    private final ClusterOperations instance;
    private final ReshardAdvisor advisor;

    AdvisedInstance(ClusterOperations instance, ReshardAdvisor advisor) {
        this.instance = instance;
        this.advisor = advisor;
    }

    @Override
    public boolean answersForCluster() {
        return instance.answersForCluster();
    }

    @Override
    public CompletionStage<Answer> status() {
        return instance.status();
    }

    @Override
    public CompletionStage<Answer> locate(long guildId) {
        return instance.locate(guildId);
    }

    @Override
    public CompletionStage<Answer> reshardStatus() {
        ReshardAdvice advice = advisor.advice();
        ObjectNode root = CommandCodec.object();
        root.put("mode", word(advice.rules().mode()));
        root.put("shards", advice.shards());
        ReshardDecision decision = advice.decision();
        if (decision != null) {
            root.put("decision", word(decision.kind()));
            if (decision.shards() > 0) {
                root.put("advised", decision.shards());
            }
            root.put("reason", decision.reason());
            put(root, "decided_ms", advice.sinceDecided());
        }
        put(root, "next_ms", advice.untilNext());
        if (advice.failure() != null) {
            root.put("failure", advice.failure());
        }
        ReshardFacts facts = advice.facts();
        if (facts != null) {
            put(root, facts);
        }
        return CompletableFuture.completedFuture(
                Answer.result("no change of the shard count is under way; " + advice.inWords(), RawJson.of(root)));
    }

    @Override
    public CompletionStage<Answer> reshardStart(int shards, boolean dryRun) {
        if (!dryRun) {
            String count = shards == 0 ? "<n>" : Integer.toString(shards);
            return CompletableFuture.completedFuture(Answer.invalid(
                    "this gateway cannot change its shard count while it runs: set SHARDLINE_SHARDS_TOTAL="
                            + count
                            + " and restart it. The sessions of the old count no longer fit and are not resumed:"
                            + " every shard identifies anew, and events between stop and start are not fetched."
                            + " With dry_run it says what that costs"));
        }
        return advisor.plan(shards).handle((plan, failure) -> failure == null ? answer(plan) : refusal(failure));
    }

    private static Answer answer(ReshardPlan plan) {
        ObjectNode root = CommandCodec.object();
        root.put("from", plan.from());
        root.put("shards", plan.shards());
        root.put("identifies", plan.identifies());
        root.put("takes_ms", plan.takes().toMillis());
        root.put("affordable", plan.affordable());
        root.put("roomy", plan.roomy());
        put(root, plan.facts());
        return Answer.result(
                "a plan only, nothing was changed: from " + plan.from() + " to " + plan.shards() + " shards takes "
                        + plan.inWords(),
                RawJson.of(root));
    }

    private static Answer refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String text = "there is no plan: " + cause.getMessage();
        Duration wait = cause instanceof GatewayBotException said ? said.retryAfter() : null;
        return wait == null ? Answer.of(Outcome.INVALID, text) : Answer.rateLimited(text, wait);
    }

    private static void put(ObjectNode root, ReshardFacts facts) {
        if (facts.knowsGuilds()) {
            root.put("guilds", facts.totalGuilds());
            root.put("guilds_known_of_shards", facts.guilds().size());
            root.put("load", Math.round(facts.load() * 1000) / 1000.0);
        }
        root.put("recommended", facts.recommended());
        SessionStartLimit limit = facts.limit();
        ObjectNode identifies = root.putObject("identifies_left");
        identifies.put("total", limit.total());
        identifies.put("remaining", limit.remaining());
        identifies.put("reserve", facts.reserve());
        identifies.put(
                "reset_ms",
                Math.max(0, limit.resetAfter().minus(facts.sinceAsked()).toMillis()));
        identifies.put("max_concurrency", limit.maxConcurrency());
    }

    private static void put(ObjectNode root, String name, @Nullable Duration duration) {
        if (duration != null) {
            root.put(name, duration.toMillis());
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
