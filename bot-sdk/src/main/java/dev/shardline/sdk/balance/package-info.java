/**
 * Decides which instance should consume which partition. Pure functions and small state.
 *
 * <p>Not API. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.sdk.balance;

import org.jspecify.annotations.NullMarked;
