/**
 * What a handler sees: the event, the verdict it gives, and what can be wrapped around it.
 *
 * <p>Public API. Imports Jackson, and {@code command} for what an event hands out.
 */
@NullMarked
package dev.shardline.sdk.event;

import org.jspecify.annotations.NullMarked;
