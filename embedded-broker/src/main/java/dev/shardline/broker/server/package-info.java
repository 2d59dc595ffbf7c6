/**
 * Sockets, connections, channels and virtual hosts, all on one thread.
 *
 * <p>Imports {@code queue}, {@code routing}, {@code store} and {@code wire}.
 */
@NullMarked
package dev.shardline.broker.server;

import org.jspecify.annotations.NullMarked;
