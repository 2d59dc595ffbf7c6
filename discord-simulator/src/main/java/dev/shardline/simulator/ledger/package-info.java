/**
 * The no-loss oracle: what the simulator owed the bot, and what a consumer says it saw.
 *
 * <p>Imports only {@code net} for the clock.
 */
@NullMarked
package dev.shardline.simulator.ledger;

import org.jspecify.annotations.NullMarked;
