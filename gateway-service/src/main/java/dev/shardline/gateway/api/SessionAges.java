package dev.shardline.gateway.api;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers when the sessions of this process began. Safe for use by many threads. */
public final class SessionAges implements ShardLifecycle {
    private final LongSupplier micros;
    private final Map<ShardId, Long> began = new ConcurrentHashMap<>();

    /** @param micros the time of day, microseconds since the epoch */
    public SessionAges(LongSupplier micros) {
        this.micros = micros;
    }

    /** When the shard's session began, microseconds since the epoch; null when an earlier process began it. */
    @Nullable
    Long sessionSince(ShardId shard) {
        return began.get(shard);
    }

    @Override
    public void ready(ShardId shard, ControlData.Ready ready) {
        began.put(shard, micros.getAsLong());
    }

    @Override
    public void sessionLost(SessionLost lost) {
        began.remove(lost.shard());
    }
}
