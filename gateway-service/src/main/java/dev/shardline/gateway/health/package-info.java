/**
 * Tells the truth about shards, broker and spool, one indicator each, for {@code /actuator/health}.
 *
 * <p>Read-only views. Imports {@code shard}, {@code publish} and {@code command}; only {@code app} imports it.
 */
@NullMarked
package dev.shardline.gateway.health;

import org.jspecify.annotations.NullMarked;
