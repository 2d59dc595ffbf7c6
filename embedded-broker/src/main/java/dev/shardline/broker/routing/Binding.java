package dev.shardline.broker.routing;

import java.util.Map;

/**
 * A binding. Two are the same when all four parts are.
 *
 * @param source the exchange it belongs to
 * @param destination where it leads
 * @param routingKey the pattern, for direct and topic exchanges
 * @param arguments what a headers exchange compares; ignored by the others
 */
public record Binding(Exchange source, Destination destination, String routingKey, Map<String, Object> arguments) {}
