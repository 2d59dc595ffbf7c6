package dev.shardline.sdk.command;

import dev.shardline.contract.command.RawJson;

/**
 * Gets GUILD_MEMBERS_CHUNKs as they come. Called by one thread, one chunk after another; must not block.
 *
 * <p>A chunk with {@code index} 0 that comes again means that the session died midway and the members were asked for
 * anew: forget those before.
 */
public interface MemberChunks {
    /**
     * One chunk.
     *
     * @param index counts from 0; a chunk too big for the broker comes as several
     * @param chunk the {@code d} of the chunk as Discord sent it
     */
    void chunk(int index, RawJson chunk);
}
