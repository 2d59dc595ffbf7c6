package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A game, a stream, music, a custom status. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Activity(
        @Nullable String name,
        @Nullable ActivityType type,
        @Nullable String url,
        @JsonProperty("created_at") @Nullable Long createdAt,
        @Nullable ActivityTimestamps timestamps,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @JsonProperty("status_display_type") @Nullable StatusDisplayType statusDisplayType,
        @Nullable String details,
        @JsonProperty("details_url") @Nullable String detailsUrl,
        @Nullable String state,
        @JsonProperty("state_url") @Nullable String stateUrl,
        @Nullable Emoji emoji,
        @Nullable ActivityParty party,
        @Nullable ActivityAssets assets,
        @Nullable ActivitySecrets secrets,
        @Nullable Boolean instance,
        @Nullable Long flags,
        @Nullable List<String> buttons,
        @Nullable String id,
        @JsonProperty("sync_id") @Nullable String syncId,
        @JsonProperty("session_id") @Nullable String sessionId) {
    public Activity {
        buttons = Lenient.present(buttons);
    }
}
