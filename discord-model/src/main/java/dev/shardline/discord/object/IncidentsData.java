package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Until when invites and direct messages are paused in a guild.
 *
 * @param invitesDisabledUntil When invites get enabled again
 * @param dmsDisabledUntil When direct messages get enabled again
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IncidentsData(
        @JsonProperty("invites_disabled_until") @Nullable Timestamp invitesDisabledUntil,
        @JsonProperty("dms_disabled_until") @Nullable Timestamp dmsDisabledUntil,
        @JsonProperty("raid_detected_at") @Nullable Timestamp raidDetectedAt,
        @JsonProperty("dm_spam_detected_at") @Nullable Timestamp dmSpamDetectedAt) {}
