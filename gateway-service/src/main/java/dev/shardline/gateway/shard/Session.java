package dev.shardline.gateway.shard;

/**
 * A session that Discord has not discarded as far as we know.
 *
 * @param id Discord's session id
 * @param resumeUrl where to resume it; empty when Discord named no place
 */
record Session(String id, String resumeUrl) {}
