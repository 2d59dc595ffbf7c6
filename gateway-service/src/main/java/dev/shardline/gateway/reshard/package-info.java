/**
 * Whether the shard count still fits: how many guilds there are, what Discord recommends, and what a policy makes of it.
 *
 * <p>Only advises; changing the count is somebody else's task. Imports {@code identify}, {@code protocol}, {@code shard}
 * and {@code time}; {@code app} and the read-only views import it.
 */
@NullMarked
package dev.shardline.gateway.reshard;

import org.jspecify.annotations.NullMarked;
