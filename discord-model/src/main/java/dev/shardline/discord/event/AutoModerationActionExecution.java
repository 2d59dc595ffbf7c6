package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.AutoModerationAction;
import dev.shardline.discord.object.AutoModerationTriggerType;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A rule matched and an action was carried out. One event per action. See Discord Docs/Gateway Events,
 * AUTO_MODERATION_ACTION_EXECUTION.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoModerationActionExecution(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable AutoModerationAction action,
        @JsonProperty("rule_id") @Nullable Snowflake ruleId,
        @JsonProperty("rule_trigger_type") @Nullable AutoModerationTriggerType ruleTriggerType,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("alert_system_message_id") @Nullable Snowflake alertSystemMessageId,
        @Nullable String content,
        @JsonProperty("matched_keyword") @Nullable String matchedKeyword,
        @JsonProperty("matched_content") @Nullable String matchedContent)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "AUTO_MODERATION_ACTION_EXECUTION";

    @Override
    public String eventName() {
        return NAME;
    }
}
