package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A right of a user or guild to something of an application. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Entitlement(
        @Nullable Snowflake id,
        @JsonProperty("sku_id") @Nullable Snowflake skuId,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Boolean deleted,
        @JsonProperty("starts_at") @Nullable Timestamp startsAt,
        @JsonProperty("ends_at") @Nullable Timestamp endsAt,
        @Nullable EntitlementType type,
        @JsonProperty("fulfilled_at") @Nullable Timestamp fulfilledAt,
        @JsonProperty("fulfillment_status") @Nullable FulfillmentStatus fulfillmentStatus,
        @Nullable Boolean consumed,
        @JsonProperty("gifter_user_id") @Nullable Snowflake gifterUserId,
        @JsonProperty("parent_id") @Nullable Snowflake parentId,
        @JsonProperty("subscription_id") @Nullable Snowflake subscriptionId,
        @JsonProperty("promotion_id") @Nullable Snowflake promotionId,
        @JsonProperty("gift_code_flags") @Nullable Long giftCodeFlags) {}
