/**
 * The one place where a clock is read and a timer is set. Everything that needs time gets
 * {@link dev.shardline.gateway.time.Timers}, so tests can own it. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.gateway.time;

import org.jspecify.annotations.NullMarked;
