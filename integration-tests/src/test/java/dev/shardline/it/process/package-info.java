/**
 * Processes under test: the gateway and bots as their users run them, each a JVM of its own that can be killed.
 *
 * <p>Imports nothing of ours; it knows the process interface only (environment, exit codes, HTTP).
 */
@NullMarked
package dev.shardline.it.process;

import org.jspecify.annotations.NullMarked;
