/**
 * Runs work of one key one after another and work of different keys in parallel.
 *
 * <p>Not API. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.sdk.lane;

import org.jspecify.annotations.NullMarked;
