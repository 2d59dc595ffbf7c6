/**
 * The SDK for bots: subscribe to Discord's events in plain Java.
 *
 * <p>Start at {@link dev.shardline.sdk.EventConsumer}. Public API; imports every other package of the SDK and is
 * imported by none but the optional Spring part.
 */
@NullMarked
package dev.shardline.sdk;

import org.jspecify.annotations.NullMarked;
