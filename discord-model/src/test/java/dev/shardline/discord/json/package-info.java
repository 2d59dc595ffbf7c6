/** What the records promise, shown on samples of every event. */
@NullMarked
package dev.shardline.discord.json;

import org.jspecify.annotations.NullMarked;
