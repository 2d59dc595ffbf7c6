package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;

/**
 * Changes the body of an event before it is published. Called on the shards' reader threads, many at once; must be quick
 * and must not block. When it throws, the body is published as Discord sent it and the failure is counted.
 */
@FunctionalInterface
public interface PayloadTransformer {
    /** The body to publish: a JSON value. The caller owns it and never changes it. */
    byte[] transform(Dispatch dispatch);

    /** Byte for byte what Discord sent. The default. */
    static PayloadTransformer identity() {
        return Dispatch::data;
    }
}
