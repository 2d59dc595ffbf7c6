/**
 * Takes one delivery from the queue to its handlers and to its verdict.
 *
 * <p>Not API. Imports {@code event}, {@code command}, {@code lane}, {@code duplicate} and {@code time}; declares the ports
 * that {@code broker} implements.
 */
@NullMarked
package dev.shardline.sdk.dispatch;

import org.jspecify.annotations.NullMarked;
