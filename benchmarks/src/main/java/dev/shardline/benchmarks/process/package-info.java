/**
 * What runs beside the thing that is measured, each in a process of its own: the floor, the consumer, a broker.
 *
 * <p>Imports the client libraries and {@code dev.shardline.broker}; never {@code load}. A process here ends when its
 * standard input ends, so none outlives the benchmark.
 */
@NullMarked
package dev.shardline.benchmarks.process;

import org.jspecify.annotations.NullMarked;
