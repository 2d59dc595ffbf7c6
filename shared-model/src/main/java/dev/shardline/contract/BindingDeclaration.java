package dev.shardline.contract;

/**
 * A binding of a queue to an exchange by one exact key.
 *
 * @param queue the destination
 * @param exchange the source
 * @param routingKey see {@link EventTypes#routingKey}
 */
public record BindingDeclaration(String queue, String exchange, String routingKey) {}
