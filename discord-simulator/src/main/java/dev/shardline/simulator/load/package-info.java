/**
 * The load generator: how many events of which kind happen in which guild.
 *
 * <p>Imports {@code gateway}, {@code world} and {@code net}.
 */
@NullMarked
package dev.shardline.simulator.load;

import org.jspecify.annotations.NullMarked;
