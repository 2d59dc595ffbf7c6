/**
 * The only place that reads a clock or starts a timer.
 *
 * <p>Not API. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.sdk.time;

import org.jspecify.annotations.NullMarked;
