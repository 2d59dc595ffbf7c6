/**
 * A broker for tests of all modules: embedded by default, real RabbitMQ when asked for.
 *
 * <p>Imports the public API of {@code broker}.
 */
@NullMarked
package dev.shardline.broker.testing;

import org.jspecify.annotations.NullMarked;
