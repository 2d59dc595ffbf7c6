package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The role subscription that a message announces. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleSubscriptionData(
        @JsonProperty("role_subscription_listing_id") @Nullable
        Snowflake roleSubscriptionListingId,

        @JsonProperty("tier_name") @Nullable String tierName,
        @JsonProperty("total_months_subscribed") @Nullable Long totalMonthsSubscribed,
        @JsonProperty("is_renewal") @Nullable Boolean isRenewal) {}
