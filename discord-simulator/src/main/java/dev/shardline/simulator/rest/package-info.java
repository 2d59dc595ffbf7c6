/**
 * Discord's REST API as far as a gateway and a small bot need it.
 *
 * <p>Imports {@code gateway}, {@code world} and {@code net}. See Discord Docs/Reference.
 */
@NullMarked
package dev.shardline.simulator.rest;

import org.jspecify.annotations.NullMarked;
