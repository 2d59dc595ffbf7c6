/** Bots, each answering one question of a reader; every one is a {@code main} class. */
@NullMarked
package dev.shardline.examples;

import org.jspecify.annotations.NullMarked;
