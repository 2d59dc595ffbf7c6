/**
 * Sockets: one event loop, a small HTTP/1.1 server and an RFC 6455 codec that can misbehave on purpose.
 *
 * <p>Own code instead of a server library because the faults need it: resets, half-open sockets, stalls and split
 * messages. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.simulator.net;

import org.jspecify.annotations.NullMarked;
