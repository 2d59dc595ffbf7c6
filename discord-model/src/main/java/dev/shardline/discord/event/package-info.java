/**
 * Discord's gateway events. Generated, but for {@link dev.shardline.discord.event.UnknownEvent}; see
 * {@code docs/typed-events.md}.
 *
 * <p>Imports {@code discord} and {@code object}.
 */
@NullMarked
package dev.shardline.discord.event;

import org.jspecify.annotations.NullMarked;
