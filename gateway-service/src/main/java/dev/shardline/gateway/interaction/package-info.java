/**
 * Interactions that nobody is there to answer: tells Discord that the answer takes longer, so that a bot which is back in
 * fifteen minutes can still give it.
 *
 * <p>Implements the port {@link dev.shardline.gateway.publish.Deferral} of {@code publish}, and asks {@code broker} who
 * consumes.
 */
@NullMarked
package dev.shardline.gateway.interaction;

import org.jspecify.annotations.NullMarked;
