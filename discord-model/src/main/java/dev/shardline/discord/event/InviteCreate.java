package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import dev.shardline.discord.object.Application;
import dev.shardline.discord.object.InviteTargetType;
import dev.shardline.discord.object.InviteType;
import dev.shardline.discord.object.User;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An invite was created. max_age is in seconds. See Discord Docs/Gateway Events, INVITE_CREATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InviteCreate(
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @Nullable String code,
        @JsonProperty("created_at") @Nullable Timestamp createdAt,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable User inviter,
        @JsonProperty("max_age") @Nullable Long maxAge,
        @JsonProperty("max_uses") @Nullable Long maxUses,
        @JsonProperty("target_type") @Nullable InviteTargetType targetType,
        @JsonProperty("target_user") @Nullable User targetUser,
        @JsonProperty("target_application") @Nullable Application targetApplication,
        @Nullable Boolean temporary,
        @Nullable Long uses,
        @JsonProperty("expires_at") @Nullable Timestamp expiresAt,
        @JsonProperty("role_ids") @Nullable List<Snowflake> roleIds,
        @Nullable InviteType type)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "INVITE_CREATE";

    public InviteCreate {
        roleIds = Lenient.present(roleIds);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
