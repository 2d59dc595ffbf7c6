/**
 * Puts the gateway together: configuration, start and stop order, exit codes.
 *
 * <p>The only package that knows all others; nothing but {@code admin} and {@code metrics} is known to it by more than a
 * port. Every controller is a bean here and steps back when the user declares another.
 */
@NullMarked
package dev.shardline.gateway.app;

import org.jspecify.annotations.NullMarked;
