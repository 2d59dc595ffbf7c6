/** A bot that runs in several instances and needs the order of each guild. */
@NullMarked
package dev.shardline.examples.counting;

import org.jspecify.annotations.NullMarked;
