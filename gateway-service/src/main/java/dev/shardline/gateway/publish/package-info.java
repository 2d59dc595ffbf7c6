/**
 * Takes dispatches from the shards and brings each of them to the broker, in the order of its shard, once confirmed.
 *
 * <p>Imports {@code shard} for the port it implements, {@code broker} and {@code spool}. What is safe is reported through
 * {@link dev.shardline.gateway.publish.Settlements}, which {@code checkpoint} implements.
 */
@NullMarked
package dev.shardline.gateway.publish;

import org.jspecify.annotations.NullMarked;
