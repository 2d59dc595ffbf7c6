/**
 * Web sockets by OkHttp. Decides nothing: what comes in goes to the shard's listener, how it ends is told once.
 *
 * <p>Implements the port that {@code shard} owns; imports {@code protocol} and {@code shard}.
 */
@NullMarked
package dev.shardline.gateway.transport;

import org.jspecify.annotations.NullMarked;
