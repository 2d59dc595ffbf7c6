/**
 * Remembers how far each session is safe, beyond the life of this process.
 *
 * <p>Imports {@code publish} and {@code shard} for the ports it implements, and {@code broker} for the store in RabbitMQ.
 * Only {@code app} and read-only views import it.
 */
@NullMarked
package dev.shardline.gateway.checkpoint;

import org.jspecify.annotations.NullMarked;
