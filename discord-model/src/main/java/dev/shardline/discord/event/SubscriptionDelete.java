package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.object.Subscription;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A subscription was deleted. See Discord Docs/Gateway Events, SUBSCRIPTION_DELETE. */
@Generated("dev.shardline.discord.generator")
public record SubscriptionDelete(@JsonValue Subscription subscription) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "SUBSCRIPTION_DELETE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SubscriptionDelete {
        Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
