package dev.shardline.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of requests. What they hold is checked by the command that they become. */
final class Requests {
    private Requests() {}

    /** What a bot shows, as Discord writes it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PresenceRequest(
            @Schema(
                    description = "online, dnd, idle, invisible or offline",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String status,

            @Schema(description = "at most 16") @Nullable List<ActivityRequest> activities,

            @Schema(description = "milliseconds since 1970 since when it is idle") @Nullable
            Long since,

            @Nullable Boolean afk) {
        PresenceRequest {
            Fields.present("status", status);
        }
    }

    /** One activity; a bot may set these four fields and no others. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ActivityRequest(
            @Schema(
                    description = "0 playing, 1 streaming, 2 listening, 3 watching, 4 custom, 5 competing",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            Integer type,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String name,

            @Nullable String state,
            @Nullable String url) {
        ActivityRequest {
            Fields.present("type", type);
            Fields.present("name", name);
        }
    }

    /** How a shard is restarted. */
    record RestartRequest(
            @Schema(
                    description =
                            "false resumes and loses nothing; true gives the session up, which spends an identify",
                    defaultValue = "false")
            @Nullable
            Boolean fresh) {}

    /** Where a shard goes. */
    record MoveRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            Integer worker) {
        MoveRequest {
            Fields.present("worker", worker);
        }
    }

    /** What a logger writes. */
    record LevelRequest(
            @Schema(description = "TRACE, DEBUG, INFO, WARN, ERROR or OFF", requiredMode = Schema.RequiredMode.REQUIRED)
            String level) {
        LevelRequest {
            Fields.present("level", level);
        }
    }

    /** A shard count to reckon with. */
    record PlanRequest(
            @Schema(description = "the new count; default what is advised, else what Discord recommends") @Nullable
            Integer shards) {}

    /** A change of the shard count. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReshardRequest(
            @Schema(description = "the new count; default what is advised, else what Discord recommends") @Nullable
            Integer shards,

            @Schema(description = "true only checks plan and budget", defaultValue = "false") @Nullable
            Boolean dryRun) {}
}
