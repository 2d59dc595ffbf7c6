/** Whole-system tests: everything that users start, as processes, under faults. May use every module's public interface. */
@NullMarked
package dev.shardline.it;

import org.jspecify.annotations.NullMarked;
