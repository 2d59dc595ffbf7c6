/**
 * Writes the records of {@code discord.object} and {@code discord.event} from Discord's OpenAPI description and our
 * overlay. Not a part of the published jar.
 *
 * <p>Imports nothing of ours, so that it compiles and runs when the generated records do not.
 */
@NullMarked
package dev.shardline.discord.generator;

import org.jspecify.annotations.NullMarked;
