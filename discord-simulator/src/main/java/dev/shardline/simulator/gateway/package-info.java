/**
 * Discord's side of the gateway protocol: sessions, identify limits, routing, replay, compression and faults.
 *
 * <p>Imports {@code net}, {@code world} and {@code ledger}. See Discord Docs/Gateway.
 */
@NullMarked
package dev.shardline.simulator.gateway;

import org.jspecify.annotations.NullMarked;
