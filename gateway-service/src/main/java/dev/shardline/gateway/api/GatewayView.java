package dev.shardline.gateway.api;

import dev.shardline.contract.GroupSpec;
import dev.shardline.gateway.command.CommandService;
import dev.shardline.gateway.publish.PublishCounters;
import dev.shardline.gateway.publish.PublishHealth;
import dev.shardline.gateway.shard.Shards;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API needs of the running gateway. Safe for use by many threads; no method waits. */
public interface GatewayView {
    /** The shards, empty until their number is known. */
    Optional<Shards> shards();

    /** What does commands, empty until there are shards. */
    Optional<CommandService> commands();

    /** What a start still waits for, for people; empty once the shards were started. */
    String waitingFor();

    /** How publishing is doing. */
    PublishHealth publishing();

    /** What was published. */
    PublishCounters counters();

    /** Where the broker is, without credentials. */
    String broker();

    /** Why resume points cannot be saved, null while they can. */
    @Nullable
    String checkpointFailure();

    /** The groups whose queues this gateway declares. */
    List<GroupSpec> groups();
}
