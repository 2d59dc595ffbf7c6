package dev.shardline.gateway.publish;

import dev.shardline.contract.EventTypes;
import dev.shardline.contract.Slots;
import dev.shardline.gateway.shard.Dispatch;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides the routing key of an event on {@code shardline.events}. Called on the shards' reader threads, many at once;
 * must be quick and must not block. When it throws, the event takes the default way and the failure is counted.
 */
@FunctionalInterface
public interface Router {
    /**
     * The key of the event. Two events of one guild must get the same slot, or their order is lost.
     *
     * @return at most 255 bytes
     */
    String routingKey(Dispatch dispatch);

    /** {@code <EVENT_NAME>.<slot>}, the slot computed from {@link Dispatch#routeId}. */
    static Router byGuild() {
        Map<String, String[]> keys = new HashMap<>();
        for (String type : EventTypes.KNOWN) {
            keys.put(type, keys(type));
        }
        String[] others = keys(EventTypes.OTHER);
        return dispatch -> keys.getOrDefault(dispatch.type(), others)[Slots.of(dispatch.routeId())];
    }

    private static String[] keys(String type) {
        String[] keys = new String[Slots.COUNT];
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            keys[slot] = type + '.' + slot;
        }
        return keys;
    }
}
