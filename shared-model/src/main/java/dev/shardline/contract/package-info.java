/**
 * The contract between the gateway and its bots: names of exchanges and queues, routing keys, slots and headers.
 *
 * <p>Everything here is described for other languages in {@code docs/wire-contract.md} and changes only with the
 * contract version. Imports nothing of ours.
 */
@NullMarked
package dev.shardline.contract;

import org.jspecify.annotations.NullMarked;
