package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.CloseCode;

/**
 * Decides what a close code permits. The default is the table {@link CloseCode}. Called on the shard's mailbox; must not
 * block.
 */
public interface CloseCodePolicy {
    /** The table. */
    CloseCodePolicy TABLE = (shard, code) -> CloseCode.of(code).next();

    /**
     * What to do after a connection ended.
     *
     * @param code as Discord sent it; 1006 when the connection broke without a close frame
     */
    CloseCode.Next next(ShardId shard, int code);
}
