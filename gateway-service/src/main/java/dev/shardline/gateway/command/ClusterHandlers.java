package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.contract.command.Target;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/** The handlers that only read a payload and pass it to a port. */
final class ClusterHandlers {
    private static final int MOST_SHARDS = 100_000;
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private ClusterHandlers() {}

    static List<CommandHandler> of(CommandShards shards, ClusterOperations cluster, LogLevels levels) {
        return List.of(
                cluster(CommandTypes.STATUS, (invocation, payload) -> {
                    payload.end();
                    return cluster.status();
                }),
                cluster(CommandTypes.LOCATE_GUILD, (invocation, payload) -> {
                    String guild = payload.id("guild_id");
                    payload.end();
                    return cluster.locate(unsigned(guild));
                }),
                cluster(CommandTypes.MOVE_SHARD, (invocation, payload) -> {
                    int shard = payload.integer("shard", 0, MOST_SHARDS);
                    int worker = payload.integer("worker", 0, MOST_SHARDS);
                    payload.end();
                    return cluster.moveShard(shard, worker);
                }),
                cluster(CommandTypes.RESHARD_START, (invocation, payload) -> {
                    int count = payload.optionalNumber("shards", 1, MOST_SHARDS)
                            .orElse(0L)
                            .intValue();
                    boolean dryRun = payload.flag("dry_run", false);
                    payload.end();
                    return cluster.reshardStart(count, dryRun);
                }),
                cluster(CommandTypes.RESHARD_STATUS, (invocation, payload) -> {
                    payload.end();
                    return cluster.reshardStatus();
                }),
                cluster(CommandTypes.RESHARD_ABORT, (invocation, payload) -> {
                    payload.end();
                    return cluster.reshardAbort();
                }),
                cluster(CommandTypes.DRAIN_WORKER, (invocation, payload) -> {
                    int worker = payload.integer("worker", 0, MOST_SHARDS);
                    payload.end();
                    return cluster.drainWorker(worker);
                }),
                new Simple(
                        CommandTypes.RESTART_SHARD,
                        new Target.Kind[] {Target.Kind.SHARD, Target.Kind.GUILD},
                        (invocation, payload) -> {
                            boolean fresh = payload.flag("fresh", false);
                            payload.end();
                            return shards.restart(invocation.shards().get(0), fresh)
                                    .thenApply(Sent::answer);
                        }),
                new Simple(CommandTypes.SET_LOG_LEVEL, new Target.Kind[] {Target.Kind.ALL}, (invocation, payload) -> {
                    String logger = payload.text("logger", 200);
                    String level = payload.text("level", 16);
                    payload.end();
                    if (!LEVELS.contains(level)) {
                        throw new InvalidCommandException(
                                "payload.level must be TRACE, DEBUG, INFO, WARN, ERROR or OFF, was \"" + level + "\"");
                    }
                    levels.set(logger, level);
                    return CompletableFuture.completedFuture(
                            Answer.of(Outcome.SENT, logger + " logs from " + level + " up"));
                }));
    }

    private static CommandHandler cluster(
            String type, BiFunction<Invocation, PayloadReader, CompletionStage<Answer>> action) {
        return new Simple(type, new Target.Kind[] {Target.Kind.CLUSTER}, action);
    }

    private static long unsigned(String id) {
        try {
            return Long.parseUnsignedLong(id);
        } catch (NumberFormatException e) {
            throw new InvalidCommandException("payload.guild_id must be an unsigned 64-bit number, was " + id);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handlers are never compared
    private record Simple(
            String type, Target.Kind[] targets, BiFunction<Invocation, PayloadReader, CompletionStage<Answer>> action)
            implements CommandHandler {
        @Override
        public CompletionStage<Answer> handle(Invocation invocation) {
            Targets.require(invocation, targets);
            return action.apply(invocation, PayloadReader.of(invocation.command()));
        }
    }
}
