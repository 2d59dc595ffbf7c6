/**
 * Bytes on the wire: frames out, methods in, message properties, and the errors that AMQP 0-9-1 names.
 *
 * <p>Imports only the codec classes of the RabbitMQ client.
 */
@NullMarked
package dev.shardline.broker.wire;

import org.jspecify.annotations.NullMarked;
