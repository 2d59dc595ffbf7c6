/**
 * Spends the right to identify: what Discord grants ({@code GET /gateway/bot}), how it is paced and what is kept in
 * reserve.
 *
 * <p>Implements ports that {@code shard} owns; imports {@code protocol}, {@code shard} and {@code time}.
 */
@NullMarked
package dev.shardline.gateway.identify;

import org.jspecify.annotations.NullMarked;
