/**
 * What exists in the simulated Discord: payload samples, guilds, and the templates events are made from.
 *
 * <p>Imports {@code net} and {@code ledger}.
 */
@NullMarked
package dev.shardline.simulator.world;

import org.jspecify.annotations.NullMarked;
