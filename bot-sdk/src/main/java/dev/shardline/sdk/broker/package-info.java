/**
 * Connections, channels, queues and acknowledgements.
 *
 * <p>Not API. Imports {@code dispatch} and what that imports, {@code balance} and the contract; the only package that knows the RabbitMQ client.
 */
@NullMarked
package dev.shardline.sdk.broker;

import org.jspecify.annotations.NullMarked;
