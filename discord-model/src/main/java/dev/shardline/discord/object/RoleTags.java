package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Snowflake;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a role belongs to.
 *
 * <p>Written by hand: here, and only here, Discord says yes by a field that is there and null, and no by none. See
 * Discord Docs/Permissions, Role Tags Structure.
 *
 * @param fields the fields as sent, also those that are null
 */
public record RoleTags(@JsonValue Map<String, @Nullable Object> fields) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RoleTags {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The bot to which the role belongs. */
    public @Nullable Snowflake botId() {
        return id("bot_id");
    }

    /** The integration to which the role belongs. */
    public @Nullable Snowflake integrationId() {
        return id("integration_id");
    }

    /** The subscription for which the role is given. */
    public @Nullable Snowflake subscriptionListingId() {
        return id("subscription_listing_id");
    }

    /** Whether it is the role of those who boost the guild. */
    public boolean premiumSubscriber() {
        return says("premium_subscriber");
    }

    /** Whether the role can be bought. */
    public boolean availableForPurchase() {
        return says("available_for_purchase");
    }

    /** Whether the role is given for linked accounts. */
    public boolean guildConnections() {
        return says("guild_connections");
    }

    private boolean says(String field) {
        return fields.containsKey(field) && !Boolean.FALSE.equals(fields.get(field));
    }

    private @Nullable Snowflake id(String field) {
        Object id = fields.get(field);
        try {
            return id == null ? null : Snowflake.parse(id.toString());
        } catch (IllegalArgumentException notAnId) {
            return null;
        }
    }
}
