/**
 * Keeps events on the local disk while the broker does not take them: a durable first-in first-out log per stripe.
 *
 * <p>Deals in bytes; knows nothing of events, shards or brokers. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.gateway.spool;

import org.jspecify.annotations.NullMarked;
