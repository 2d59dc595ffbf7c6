/**
 * Queues: order, limits, expiry, consumers and what a queue does with a message it gives up.
 *
 * <p>Owns the port to the message log. Imports {@code wire} and {@code routing}.
 */
@NullMarked
package dev.shardline.broker.queue;

import org.jspecify.annotations.NullMarked;
