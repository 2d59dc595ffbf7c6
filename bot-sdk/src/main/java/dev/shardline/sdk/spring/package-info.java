/**
 * The SDK in a Spring Boot application: {@code @OnEvent} methods, {@code shardline.bot.*} properties, health, metrics.
 *
 * <p>Public API, optional: nothing else of the SDK imports it or Spring.
 */
@NullMarked
package dev.shardline.sdk.spring;

import org.jspecify.annotations.NullMarked;
