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
 * A recurring payment for an application.
 *
 * @param id ID of the subscription
 * @param userId ID of the user who is subscribed
 * @param skuIds List of SKUs subscribed to
 * @param renewalSkuIds List of SKUs that this user will be subscribed to at renewal
 * @param entitlementIds List of entitlements granted for this subscription
 * @param currentPeriodStart Start of the current subscription period
 * @param currentPeriodEnd End of the current subscription period
 * @param status Current status of the subscription
 * @param canceledAt When the subscription was canceled
 * @param country ISO3166-1 alpha-2 country code of the payment source used to purchase the subscription
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Subscription(
        @Nullable Snowflake id,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("sku_ids") @Nullable List<Snowflake> skuIds,
        @JsonProperty("renewal_sku_ids") @Nullable List<Snowflake> renewalSkuIds,
        @JsonProperty("entitlement_ids") @Nullable List<Snowflake> entitlementIds,
        @JsonProperty("current_period_start") @Nullable Timestamp currentPeriodStart,
        @JsonProperty("current_period_end") @Nullable Timestamp currentPeriodEnd,
        @Nullable SubscriptionStatus status,
        @JsonProperty("canceled_at") @Nullable Timestamp canceledAt,
        @Nullable String country) {
    public Subscription {
        skuIds = Lenient.present(skuIds);
        renewalSkuIds = Lenient.present(renewalSkuIds);
        entitlementIds = Lenient.present(entitlementIds);
    }
}
