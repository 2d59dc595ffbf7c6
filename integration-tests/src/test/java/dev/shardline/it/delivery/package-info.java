/**
 * Faults under load, audited event by event: gateway and bot as processes of their own, Discord simulated here.
 *
 * <p>Imports {@code process}, the simulator and the test brokers.
 */
@NullMarked
package dev.shardline.it.delivery;

import org.jspecify.annotations.NullMarked;
