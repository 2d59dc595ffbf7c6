/**
 * An AMQP 0-9-1 broker for development, demonstrations and tests; never for production.
 *
 * <p>Starts and steers the broker. Imports {@code server}.
 */
@NullMarked
package dev.shardline.broker;

import org.jspecify.annotations.NullMarked;
