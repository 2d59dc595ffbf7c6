package dev.shardline.discord.json;

import dev.shardline.discord.GatewayEvent;
import java.util.List;

/**
 * An event and what of it could not be read.
 *
 * @param event the event
 * @param lost JSON pointers, such as {@code /author/id}, of values that stand as null in the event because they are of
 *     another type than documented; empty but for a change on Discord's side. The raw data still holds them
 */
public record Bound<E extends GatewayEvent>(E event, List<String> lost) {
    public Bound {
        lost = List.copyOf(lost);
    }
}
