package dev.shardline.gateway.app;

import dev.shardline.gateway.publish.RewindRequests;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.Shards;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ties the publisher, which is made first, to the shards, which are made once their number is known. */
final class Rewinds implements RewindRequests {
    private final AtomicReference<@Nullable Shards> shards = new AtomicReference<>();

    void to(Shards target) {
        shards.set(target);
    }

    @Override
    public void rewind(ShardId shard, String session) {
        Shards target = shards.get();
        if (target != null) {
            target.rewind(shard, session);
        }
    }
}
