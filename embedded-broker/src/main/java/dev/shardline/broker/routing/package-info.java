/**
 * Exchanges and bindings: which destinations a message goes to.
 *
 * <p>Imports nothing of ours.
 */
@NullMarked
package dev.shardline.broker.routing;

import org.jspecify.annotations.NullMarked;
