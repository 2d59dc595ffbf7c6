package dev.shardline.sdk.event;

import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.json.EventBinder;
import dev.shardline.discord.json.EventBindingException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Binds payloads leniently. The SDK has a mapper of its own and never touches the application's. */
public final class PayloadCodec {
    private static final EventBinder BINDER = new EventBinder();

    private PayloadCodec() {}

    /** The tree of a payload. */
    public static JsonNode tree(String type, byte[] raw) {
        try {
            return EventBinder.mapper().readTree(raw);
        } catch (JacksonException e) {
            throw new ShardlineException(
                    ShardlineException.Kind.PAYLOAD, type + " is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The payload as a record of {@code discord-model}, or as any class that Jackson 3 can read. */
    public static <T> T bind(String type, byte[] raw, Class<T> target) {
        try {
            return GatewayEvent.class.isAssignableFrom(target)
                    ? target.cast(BINDER.bind(target.asSubclass(GatewayEvent.class), raw)
                            .event())
                    : EventBinder.mapper().readValue(raw, target);
        } catch (JacksonException | EventBindingException e) {
            throw new ShardlineException(
                    ShardlineException.Kind.PAYLOAD,
                    type + " does not bind to " + target.getName() + ": " + e.getMessage(),
                    e);
        }
    }
}
