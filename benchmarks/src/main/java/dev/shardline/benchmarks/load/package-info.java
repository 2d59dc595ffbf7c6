/**
 * The load run: starts broker, simulator, consumer and what is measured, each a process of its own, and reports.
 *
 * <p>Imports {@code process} for its entry points and its clock, and the contract for queue names.
 */
@NullMarked
package dev.shardline.benchmarks.load;

import org.jspecify.annotations.NullMarked;
