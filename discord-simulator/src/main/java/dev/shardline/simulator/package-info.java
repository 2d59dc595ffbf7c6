/**
 * A protocol-faithful fake Discord for tests, demonstrations and benchmarks.
 *
 * <p>Start with {@link dev.shardline.simulator.DiscordSimulator}. Imports every other package of the module.
 */
@NullMarked
package dev.shardline.simulator;

import org.jspecify.annotations.NullMarked;
