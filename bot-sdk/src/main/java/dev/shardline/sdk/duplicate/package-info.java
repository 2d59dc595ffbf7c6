/**
 * Remembers which events were handled, in bounded memory.
 *
 * <p>Not API. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.sdk.duplicate;

import org.jspecify.annotations.NullMarked;
