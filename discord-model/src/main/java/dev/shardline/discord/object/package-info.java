/**
 * Discord's objects, as they stand in events. Generated, but for {@link dev.shardline.discord.object.RoleTags}; see
 * {@code docs/typed-events.md}.
 *
 * <p>Every component may be null: it is where Discord left the field out, sent null, or sent something that cannot be
 * read as its type. Imports {@code discord}.
 */
@NullMarked
package dev.shardline.discord.object;

import org.jspecify.annotations.NullMarked;
