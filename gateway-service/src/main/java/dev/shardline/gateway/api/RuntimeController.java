package dev.shardline.gateway.api;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.api.access.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import tools.jackson.databind.node.ObjectNode;

/** What can be changed while the gateway runs. All but presences holds until the next start. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "settings", description = "Changes while it runs; role operate to change, read to look")
final class RuntimeController {
    private final CommandDoor door;
    private final Audit audit;
    private final @Nullable EventFilterSettings filters;
    private final @Nullable ReshardSettings reshard;
    private final ApiJson json;

    RuntimeController(
            CommandDoor door,
            Audit audit,
            Optional<EventFilterSettings> filters,
            Optional<ReshardSettings> reshard,
            ApiJson json) {
        this.door = door;
        this.audit = audit;
        this.filters = filters.orElse(null);
        this.reshard = reshard.orElse(null);
        this.json = json;
    }

    @PutMapping("/presence")
    @Operation(operationId = "setPresence", summary = "What the bot shows, on every shard of this instance")
    DeferredResult<ResponseEntity<CommandReply>> presence(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestBody Requests.PresenceRequest presence) {
        return door.send(caller, CommandTypes.UPDATE_PRESENCE, Target.all(), payload(presence));
    }

    @PutMapping("/shards/{shard}/presence")
    @Operation(operationId = "setShardPresence", summary = "What the bot shows, on one shard")
    DeferredResult<ResponseEntity<CommandReply>> presence(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable int shard,
            @RequestBody Requests.PresenceRequest presence) {
        return door.send(caller, CommandTypes.UPDATE_PRESENCE, Targets.shard(shard), payload(presence));
    }

    @PutMapping("/loggers/{logger}")
    @Operation(operationId = "setLogLevel", summary = "The level of one logger")
    DeferredResult<ResponseEntity<CommandReply>> level(
            @RequestAttribute(Caller.ATTRIBUTE) Caller caller,
            @PathVariable String logger,
            @RequestBody Requests.LevelRequest request) {
        ObjectNode payload = CommandCodec.object();
        payload.put("logger", logger);
        payload.put("level", request.level());
        return door.send(caller, CommandTypes.SET_LOG_LEVEL, Target.all(), payload);
    }

    @GetMapping("/filters")
    @Operation(operationId = "filters", summary = "Which events are published")
    Filters filters() {
        return new Filters(settings().current());
    }

    @PatchMapping("/filters")
    @Operation(
            operationId = "setFilters",
            summary = "Changes the settings that are named; null brings the configured value back")
    Filters filters(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestBody Filters changes) {
        return new Filters(change(caller, "set_filters", settings(), changes.settings()));
    }

    @GetMapping("/reshard/settings")
    @Operation(operationId = "reshardSettings", summary = "When the shard count counts as too small")
    ReshardRules reshard() {
        return new ReshardRules(reshardSettings().current());
    }

    @PatchMapping("/reshard/settings")
    @Operation(
            operationId = "setReshardSettings",
            summary = "Changes the settings that are named; null brings the configured value back")
    ReshardRules reshard(@RequestAttribute(Caller.ATTRIBUTE) Caller caller, @RequestBody ReshardRules changes) {
        return new ReshardRules(change(caller, "set_reshard", reshardSettings(), changes.settings()));
    }

    private ObjectNode change(Caller caller, String action, RuntimeSettings settings, ObjectNode changes) {
        String words = changes.toString();
        try {
            settings.change(changes);
        } catch (IllegalArgumentException e) {
            audit.changed(caller, action, "all", "INVALID", words);
            throw new ApiException(HttpStatus.BAD_REQUEST, "invalid-body", String.valueOf(e.getMessage()));
        }
        audit.changed(caller, action, "all", "DONE", words);
        return settings.current();
    }

    private EventFilterSettings settings() {
        if (filters == null) {
            throw new ApiException(
                    HttpStatus.CONFLICT,
                    "own-filter",
                    "This gateway has an event filter of its own, which has no settings here.");
        }
        return filters;
    }

    private ReshardSettings reshardSettings() {
        if (reshard == null) {
            throw new ApiException(
                    HttpStatus.CONFLICT, "own-reshard", "Nobody watches the shard count of this gateway.");
        }
        return reshard;
    }

    private ObjectNode payload(Requests.PresenceRequest presence) {
        return json.mapper().valueToTree(presence);
    }

    /**
     * Settings of the event filter.
     *
     * @param settings by name
     */
    record Filters(
            @Schema(
                    description = "by name, such as deny: a list of event names",
                    implementation = Object.class,
                    requiredMode = Schema.RequiredMode.REQUIRED)
            ObjectNode settings) {
        Filters {
            Fields.present("settings", settings);
        }
    }

    /**
     * When the shard count counts as too small.
     *
     * @param settings by name
     */
    record ReshardRules(
            @Schema(
                    description = "by name, such as threshold: 0.7",
                    implementation = Object.class,
                    requiredMode = Schema.RequiredMode.REQUIRED)
            ObjectNode settings) {
        ReshardRules {
            Fields.present("settings", settings);
        }
    }
}
