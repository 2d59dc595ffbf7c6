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

/** A connection of a guild to an application or service. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Integration(
        @Nullable IntegrationType type,
        @Nullable String name,
        @Nullable IntegrationAccount account,
        @Nullable Boolean enabled,
        @Nullable Snowflake id,
        @Nullable Application application,
        @Nullable List<OAuth2Scope> scopes,
        @Nullable User user,
        @Nullable Boolean revoked,
        @JsonProperty("expire_behavior") @Nullable ExpireBehavior expireBehavior,
        @JsonProperty("expire_grace_period") @Nullable ExpireGracePeriod expireGracePeriod,
        @JsonProperty("subscriber_count") @Nullable Long subscriberCount,
        @JsonProperty("synced_at") @Nullable Timestamp syncedAt,
        @JsonProperty("role_id") @Nullable Snowflake roleId,
        @Nullable Boolean syncing,
        @JsonProperty("enable_emoticons") @Nullable Boolean enableEmoticons,
        @JsonProperty("guild_id") @Nullable Snowflake guildId) {
    public Integration {
        scopes = Lenient.present(scopes);
    }
}
