package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A rule of auto moderation. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoModerationRule(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("creator_id") @Nullable Snowflake creatorId,
        @Nullable String name,
        @JsonProperty("event_type") @Nullable AutoModerationEventType eventType,
        @Nullable List<AutoModerationAction> actions,
        @JsonProperty("trigger_type") @Nullable AutoModerationTriggerType triggerType,
        @Nullable Boolean enabled,
        @JsonProperty("exempt_roles") @Nullable List<Snowflake> exemptRoles,
        @JsonProperty("exempt_channels") @Nullable List<Snowflake> exemptChannels,
        @JsonProperty("trigger_metadata") @Nullable AutoModerationTriggerMetadata triggerMetadata) {
    public AutoModerationRule {
        actions = Lenient.present(actions);
        exemptRoles = Lenient.present(exemptRoles);
        exemptChannels = Lenient.present(exemptChannels);
    }
}
