package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A request to join a guild.
 *
 * @param rejectionReason Reason request was rejected. Only set when application_status is REJECTED
 * @param formResponses Applicant's responses on join request form
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JoinRequest(
        @Nullable Snowflake id,
        @JsonProperty("created_at") @Nullable Timestamp createdAt,
        @JsonProperty("reviewed_at") @Nullable Timestamp reviewedAt,
        @JsonProperty("application_status") @Nullable JoinRequestStatus applicationStatus,
        @JsonProperty("rejection_reason") @Nullable String rejectionReason,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @Nullable User user,
        @JsonProperty("form_responses") @Nullable List<JoinRequestAnswer> formResponses,
        @JsonProperty("actioned_by_user") @Nullable User actionedByUser,
        @JsonProperty("last_seen") @Nullable Timestamp lastSeen,
        @JsonProperty("interview_channel_id") @Nullable Snowflake interviewChannelId,
        @JsonProperty("actioned_at") @Nullable Snowflake actionedAt) {
    public JoinRequest {
        formResponses = Lenient.present(formResponses);
    }
}
