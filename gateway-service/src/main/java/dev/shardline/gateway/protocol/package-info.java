/**
 * Discord's gateway protocol as facts and bytes: opcodes, close codes, intents, what is sent and how what comes in is
 * inflated and scanned.
 *
 * <p>Knows nothing of sockets, sessions, threads or time. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.gateway.protocol;

import org.jspecify.annotations.NullMarked;
