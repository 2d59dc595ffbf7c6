/**
 * Where the broker is.
 *
 * <p>Not API. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.sdk.address;

import org.jspecify.annotations.NullMarked;
