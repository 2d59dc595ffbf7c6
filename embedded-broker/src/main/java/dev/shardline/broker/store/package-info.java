/**
 * Topology and messages on disk: group commit, recovery and paging.
 *
 * <p>Implements the message log that {@code queue} owns. Imports {@code queue} and {@code wire}.
 */
@NullMarked
package dev.shardline.broker.store;

import org.jspecify.annotations.NullMarked;
