/**
 * What a bot author needs to test handlers without a broker.
 *
 * <p>Public API. Imports {@code event}.
 */
@NullMarked
package dev.shardline.sdk.testing;

import org.jspecify.annotations.NullMarked;
