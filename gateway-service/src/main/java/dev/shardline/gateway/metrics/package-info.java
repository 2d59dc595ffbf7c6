/**
 * Publishes the gateway's own counters as Micrometer meters. The counters live where they are counted; nothing here is on
 * the way of an event.
 *
 * <p>Imports {@code shard}, {@code publish}, {@code filter}; only {@code app} imports it.
 */
@NullMarked
package dev.shardline.gateway.metrics;

import org.jspecify.annotations.NullMarked;
