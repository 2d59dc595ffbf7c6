/**
 * Reaches the broker: settings, connections, what refuses us and why, and the declaration of the topology.
 *
 * <p>Knows nothing of shards or events. Imports the contract only.
 */
@NullMarked
package dev.shardline.gateway.broker;

import org.jspecify.annotations.NullMarked;
