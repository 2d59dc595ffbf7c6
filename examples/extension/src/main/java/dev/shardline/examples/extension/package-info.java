/** Decisions for the stock gateway, in a jar of their own. */
@NullMarked
package dev.shardline.examples.extension;

import org.jspecify.annotations.NullMarked;
