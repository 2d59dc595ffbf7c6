package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The background of a user's name.
 *
 * @param skuId ID of the nameplate SKU
 * @param asset Path to the nameplate asset
 * @param label The label of this nameplate. Currently unused
 * @param palette Background color of the nameplate
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Nameplate(
        @JsonProperty("sku_id") @Nullable Snowflake skuId,
        @Nullable String asset,
        @Nullable String label,
        @Nullable NameplatePalette palette) {}
