package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** More about an entry; which there are depends on its action. The type is 0 for a role, 1 for a member. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditLogOptions(
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @JsonProperty("auto_moderation_rule_name") @Nullable String autoModerationRuleName,

        @JsonProperty("auto_moderation_rule_trigger_type") @Nullable
        AutoModerationTriggerType autoModerationRuleTriggerType,

        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @Nullable Long count,
        @JsonProperty("delete_member_days") @Nullable Long deleteMemberDays,
        @Nullable Snowflake id,
        @JsonProperty("members_removed") @Nullable Long membersRemoved,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("role_name") @Nullable String roleName,
        @Nullable PermissionOverwriteType type,
        @JsonProperty("integration_type") @Nullable IntegrationType integrationType,
        @Nullable String status) {}
