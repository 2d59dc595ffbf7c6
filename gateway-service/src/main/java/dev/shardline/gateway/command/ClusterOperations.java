package dev.shardline.gateway.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What commands to the cluster need. Safe for use by many threads; no method waits.
 *
 * <p>The operations that a single instance cannot do say so by default, so that a cluster only has to override them.
 */
public interface ClusterOperations {
    /** Whether this instance is the one that answers commands to the cluster; exactly one should. */
    boolean answersForCluster();

    /** RESULT with every shard of the cluster. */
    CompletionStage<Answer> status();

    /** RESULT with shard, shard count and worker of a guild. */
    CompletionStage<Answer> locate(long guildId);

    /** Hands a shard to another worker. */
    default CompletionStage<Answer> moveShard(int shard, int worker) {
        return onlyInCluster("there is no other worker to move shard " + shard + " to");
    }

    /**
     * Begins a change of the shard count.
     *
     * @param shards the new count; 0 for the one Discord recommends
     * @param dryRun true to check budget and plan only
     */
    default CompletionStage<Answer> reshardStart(int shards, boolean dryRun) {
        return onlyInCluster("to change the shard count, set shardline.shards.total and restart it");
    }

    /** RESULT with phase and progress. */
    default CompletionStage<Answer> reshardStatus() {
        return onlyInCluster("no change of the shard count is under way");
    }

    /** Gives the change up; the serving generation goes on. */
    default CompletionStage<Answer> reshardAbort() {
        return onlyInCluster("no change of the shard count is under way");
    }

    /** Hands all shards of a worker to others. */
    default CompletionStage<Answer> drainWorker(int worker) {
        return onlyInCluster("there is no other worker to take the shards of worker " + worker);
    }

    private static CompletionStage<Answer> onlyInCluster(String reason) {
        return CompletableFuture.completedFuture(Answer.invalid("this gateway runs as a single instance; " + reason));
    }
}
