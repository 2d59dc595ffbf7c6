package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An application. How much of it there is depends on where it stands. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Application(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable String icon,
        @Nullable String description,
        @Nullable ApplicationType type,
        @JsonProperty("cover_image") @Nullable String coverImage,
        @JsonProperty("primary_sku_id") @Nullable Snowflake primarySkuId,
        @Nullable User bot,
        @Nullable String slug,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("rpc_origins") @Nullable List<String> rpcOrigins,
        @JsonProperty("bot_public") @Nullable Boolean botPublic,
        @JsonProperty("bot_require_code_grant") @Nullable Boolean botRequireCodeGrant,
        @JsonProperty("terms_of_service_url") @Nullable String termsOfServiceUrl,
        @JsonProperty("privacy_policy_url") @Nullable String privacyPolicyUrl,
        @JsonProperty("custom_install_url") @Nullable String customInstallUrl,
        @JsonProperty("install_params") @Nullable InstallParams installParams,

        @JsonProperty("integration_types_config") @Nullable
        Map<String, IntegrationTypeConfiguration> integrationTypesConfig,

        @JsonProperty("verify_key") @Nullable String verifyKey,
        @Nullable Long flags,
        @JsonProperty("flags_new") @Nullable String flagsNew,
        @JsonProperty("max_participants") @Nullable Long maxParticipants,
        @Nullable List<String> tags,
        @Nullable String summary) {
    public Application {
        rpcOrigins = Lenient.present(rpcOrigins);
        integrationTypesConfig = Lenient.present(integrationTypesConfig);
        tags = Lenient.present(tags);
    }
}
