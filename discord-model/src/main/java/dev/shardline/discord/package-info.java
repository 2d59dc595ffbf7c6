/**
 * The values that Discord's events and objects are made of, and what all events have in common.
 *
 * <p>Imports nothing of ours.
 */
@NullMarked
package dev.shardline.discord;

import org.jspecify.annotations.NullMarked;
