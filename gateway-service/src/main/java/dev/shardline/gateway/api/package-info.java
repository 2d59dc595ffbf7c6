/**
 * The admin API: HTTP under {@code /api/v1}.
 *
 * <p>Reads from the shards and the publisher, and does everything else as a command, by the same path as one from the
 * broker. Nothing here is on the way of an event. Who may call is decided in {@code access}. Imports {@code command},
 * {@code publish} and {@code shard}; only {@code app} imports it.
 */
@NullMarked
package dev.shardline.gateway.api;

import org.jspecify.annotations.NullMarked;
