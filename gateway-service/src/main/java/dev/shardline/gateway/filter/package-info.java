/**
 * Leaves events and fields out at the source, when it is told to: what no bot of this installation wants never costs the
 * broker anything.
 *
 * <p>Everything is off by default, and costs one look at a field then. Imports {@code shard} for the event and
 * {@code publish} for the two ports it implements; only {@code app}, {@code metrics} and the admin interface import it.
 */
@NullMarked
package dev.shardline.gateway.filter;

import org.jspecify.annotations.NullMarked;
