package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The frame around an avatar.
 *
 * @param asset the avatar decoration hash
 * @param skuId id of the avatar decoration's SKU
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AvatarDecoration(
        @Nullable String asset,
        @JsonProperty("sku_id") @Nullable Snowflake skuId,
        @JsonProperty("expires_at") @Nullable Long expiresAt) {}
