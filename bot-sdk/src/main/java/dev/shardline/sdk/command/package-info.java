/**
 * Commands from a bot to Discord, by way of the gateway.
 *
 * <p>Start at {@link dev.shardline.sdk.command.GatewayCommands}; it works alone, without an event consumer. Public API.
 * Imports the contract, {@code time}, and the RabbitMQ client.
 */
@NullMarked
package dev.shardline.sdk.command;

import org.jspecify.annotations.NullMarked;
