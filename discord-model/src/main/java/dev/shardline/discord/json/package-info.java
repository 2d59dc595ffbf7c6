/**
 * Binds the raw data of an event to its record with Jackson 3, an optional dependency of this module.
 *
 * <p>Imports {@code discord} and {@code event}. Nothing else of this module needs more than Jackson's annotations.
 */
@NullMarked
package dev.shardline.discord.json;

import org.jspecify.annotations.NullMarked;
