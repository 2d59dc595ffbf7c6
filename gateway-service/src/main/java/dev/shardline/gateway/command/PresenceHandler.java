package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.Target;
import java.util.concurrent.CompletionStage;

/** Sets what shards show, and remembers it. */
final class PresenceHandler implements CommandHandler {
    private final CommandShards shards;
    private final PresenceMemory memory;

    PresenceHandler(CommandShards shards, PresenceMemory memory) {
        this.shards = shards;
        this.memory = memory;
    }

    @Override
    public String type() {
        return CommandTypes.UPDATE_PRESENCE;
    }

    @Override
    public CompletionStage<Answer> handle(Invocation invocation) {
        Targets.require(invocation, Target.Kind.SHARD, Target.Kind.GUILD, Target.Kind.ALL);
        Presence presence = Presence.parse(invocation.command().payload());
        byte[] payload = Payloads.of(Payloads.PRESENCE, presence.toJson());
        if (payload.length <= Payloads.MOST_BYTES) {
            // Before it is sent: an IDENTIFY that comes first must carry it already.
            if (invocation.command().target().kind() == Target.Kind.ALL) {
                memory.rememberEverywhere(presence);
            } else {
                invocation.shards().forEach(shard -> memory.remember(shard, presence));
            }
        }
        return ShardSends.send(
                shards, invocation.shards(), payload, invocation.command().deadline());
    }
}
