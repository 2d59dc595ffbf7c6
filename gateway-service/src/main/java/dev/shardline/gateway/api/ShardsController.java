package dev.shardline.gateway.api;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.api.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** Where guilds are, and what can be done to shards and to their number. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "shards", description = "Look-ups with role read, everything else with role operate")
final class ShardsController {
    private final CommandDoor door;

    ShardsController(CommandDoor door) {
        this.door = door;
    }

    @GetMapping("/guilds/{guild}")
    @Operation(operationId = "locateGuild", summary = "The shard that a guild is on")
    DeferredResult<ResponseEntity<CommandReply>> guild(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable String guild) {
        ObjectNode payload = CommandCodec.object();
        payload.put("guild_id", guild);
        return door.send(caller, CommandTypes.LOCATE_GUILD, Target.cluster(), payload);
    }

    @PostMapping("/shards/{shard}/restart")
    @Operation(operationId = "restartShard", summary = "Has a shard connect anew")
    DeferredResult<ResponseEntity<CommandReply>> restart(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable int shard,
            @RequestBody(required = false) Requests.@Nullable RestartRequest request) {
        ObjectNode payload = CommandCodec.object();
        payload.put("fresh", request != null && Boolean.TRUE.equals(request.fresh()));
        return door.send(caller, CommandTypes.RESTART_SHARD, Targets.shard(shard), payload);
    }

    @PostMapping("/shards/{shard}/move")
    @Operation(operationId = "moveShard", summary = "Hands a shard to another worker")
    DeferredResult<ResponseEntity<CommandReply>> move(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable int shard,
            @RequestBody Requests.MoveRequest request) {
        ObjectNode payload = CommandCodec.object();
        payload.put("shard", shard);
        payload.put("worker", request.worker());
        return door.send(caller, CommandTypes.MOVE_SHARD, Target.cluster(), payload);
    }

    @PostMapping("/workers/{worker}/drain")
    @Operation(operationId = "drainWorker", summary = "Hands all shards of a worker to others")
    DeferredResult<ResponseEntity<CommandReply>> drain(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @PathVariable int worker) {
        ObjectNode payload = CommandCodec.object();
        payload.put("worker", worker);
        return door.send(caller, CommandTypes.DRAIN_WORKER, Target.cluster(), payload);
    }

    @GetMapping("/reshard")
    @Operation(
            operationId = "reshardStatus",
            summary = "Whether the shard count fits, and how a change of it is getting on")
    DeferredResult<ResponseEntity<CommandReply>> reshardStatus(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return door.send(caller, CommandTypes.RESHARD_STATUS, Target.cluster(), CommandCodec.object());
    }

    @PostMapping("/reshard")
    @Operation(operationId = "reshardStart", summary = "Begins to change the shard count, or only checks it")
    DeferredResult<ResponseEntity<CommandReply>> reshardStart(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestBody(required = false) Requests.@Nullable ReshardRequest request) {
        return reshard(
                caller,
                request == null ? null : request.shards(),
                request != null && Boolean.TRUE.equals(request.dryRun()));
    }

    @PostMapping("/reshard/plan")
    @Operation(
            operationId = "reshardPlan",
            summary = "What another shard count would cost: identifies, time, budget. Changes nothing")
    DeferredResult<ResponseEntity<CommandReply>> reshardPlan(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @RequestBody(required = false) Requests.@Nullable PlanRequest request) {
        return reshard(caller, request == null ? null : request.shards(), true);
    }

    private DeferredResult<ResponseEntity<CommandReply>> reshard(
            Caller caller, @Nullable Integer shards, boolean dryRun) {
        ObjectNode payload = CommandCodec.object();
        if (shards != null) {
            payload.put("shards", shards);
        }
        payload.put("dry_run", dryRun);
        return door.send(caller, CommandTypes.RESHARD_START, Target.cluster(), payload);
    }

    @DeleteMapping("/reshard")
    @Operation(operationId = "reshardAbort", summary = "Gives a change of the shard count up")
    DeferredResult<ResponseEntity<CommandReply>> reshardAbort(@RequestAttribute(Caller.ATTRIBUTE) Caller caller) {
        return door.send(caller, CommandTypes.RESHARD_ABORT, Target.cluster(), CommandCodec.object());
    }
}
