package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Permissions;
import dev.shardline.discord.Snowflake;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A command, a click, a choice or a submitted modal. Answer within 3 seconds; the token lives for 15 minutes. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Interaction(
        @Nullable Snowflake id,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @Nullable InteractionType type,
        @Nullable InteractionData data,
        @Nullable Guild guild,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Channel channel,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @Nullable Member member,
        @Nullable User user,
        @Nullable String token,
        @Nullable Long version,
        @Nullable Message message,
        @JsonProperty("app_permissions") @Nullable Permissions appPermissions,
        @Nullable Locale locale,
        @JsonProperty("guild_locale") @Nullable Locale guildLocale,
        @Nullable List<Entitlement> entitlements,

        @JsonProperty("authorizing_integration_owners") @Nullable
        Map<String, Snowflake> authorizingIntegrationOwners,

        @Nullable InteractionContextType context,
        @JsonProperty("attachment_size_limit") @Nullable Long attachmentSizeLimit,
        @JsonProperty("entitlement_sku_ids") @Nullable List<Snowflake> entitlementSkuIds) {
    public Interaction {
        entitlements = Lenient.present(entitlements);
        authorizingIntegrationOwners = Lenient.present(authorizingIntegrationOwners);
        entitlementSkuIds = Lenient.present(entitlementSkuIds);
    }
}
