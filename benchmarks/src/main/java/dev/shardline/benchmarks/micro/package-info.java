/**
 * JMH benchmarks of the steps that every event takes. Run by {@code bin/bench micro}.
 *
 * <p>Imports the gateway's packages that it measures, and the simulator's payload samples.
 */
@NullMarked
package dev.shardline.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
