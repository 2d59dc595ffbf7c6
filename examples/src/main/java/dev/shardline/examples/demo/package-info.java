/** Everything in one process, for a first look: {@code bin/demo}. */
@NullMarked
package dev.shardline.examples.demo;

import org.jspecify.annotations.NullMarked;
