/**
 * Commands from a bot to the gateway and the answers to them, as JSON over {@code shardline.commands}.
 *
 * <p>Imports nothing of ours but the contract's names.
 */
@NullMarked
package dev.shardline.contract.command;

import org.jspecify.annotations.NullMarked;
