/**
 * What RabbitMQ 4 does, as tests. They run unchanged against the embedded broker (default) and against RabbitMQ 4
 * ({@code -Dshardline.test.broker=rabbitmq}); where the two differ, the embedded broker is wrong.
 *
 * <p>Imports {@code broker.testing} only.
 */
@NullMarked
package dev.shardline.broker.conformance;

import org.jspecify.annotations.NullMarked;
