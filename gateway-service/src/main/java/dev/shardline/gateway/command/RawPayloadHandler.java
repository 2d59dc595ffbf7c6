package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.contract.command.Target;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;

/** Sends a payload that the gateway knows nothing about, for what Discord invents after this version. */
final class RawPayloadHandler implements CommandHandler {
    /** What would break the session, or is Discord's to send. */
    private static final Map<Integer, String> REFUSED = Map.of(
            0, "a dispatch, which only Discord sends",
            1, "a heartbeat, which the shard sends itself",
            2, "IDENTIFY, which the shard sends itself",
            3, "a presence, which the gateway must remember: use update_presence",
            6, "RESUME, which the shard sends itself",
            7, "a reconnect, which only Discord sends: use restart_shard",
            9, "an invalid session, which only Discord sends",
            10, "HELLO, which only Discord sends",
            11, "a heartbeat ACK, which only Discord sends");

    private final CommandShards shards;

    RawPayloadHandler(CommandShards shards) {
        this.shards = shards;
    }

    @Override
    public String type() {
        return CommandTypes.SEND_PAYLOAD;
    }

    @Override
    public CompletionStage<Answer> handle(Invocation invocation) {
        Targets.require(invocation, Target.Kind.SHARD, Target.Kind.GUILD, Target.Kind.ALL);
        PayloadReader reader = PayloadReader.of(invocation.command());
        int op = reader.integer("op", 0, 255);
        JsonNode d = reader.any("d");
        reader.end();
        String refused = REFUSED.get(op);
        if (refused != null) {
            throw new InvalidCommandException("payload.op " + op + " is " + refused);
        }
        return ShardSends.send(
                shards,
                invocation.shards(),
                Payloads.of(op, d),
                invocation.command().deadline());
    }
}
