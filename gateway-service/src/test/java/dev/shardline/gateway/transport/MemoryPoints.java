package dev.shardline.gateway.transport;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ResumePoints;
import dev.shardline.gateway.shard.ShardId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Resume points in memory: everything that was accepted counts as settled, up to a ceiling that a test may set. */
final class MemoryPoints implements ResumePoints {
    private final Map<ShardId, ResumePoint> points = new ConcurrentHashMap<>();
    private final Map<String, Long> accepted = new ConcurrentHashMap<>();
    private volatile long ceiling = Long.MAX_VALUE;

    /** Nothing beyond this sequence settles: the broker is away. */
    void ceiling(long sequence) {
        ceiling = sequence;
    }

    void settle(Dispatch dispatch) {
        accepted.merge(dispatch.session(), dispatch.sequence(), Math::max);
        points.computeIfPresent(
                dispatch.shard(),
                (shard, point) -> point.session().equals(dispatch.session()) && dispatch.sequence() <= ceiling
                        ? at(point, dispatch.sequence())
                        : point);
    }

    void put(ResumePoint point) {
        points.put(point.shard(), point);
    }

    private static ResumePoint at(ResumePoint point, long sequence) {
        return new ResumePoint(
                point.shard(), point.session(), point.resumeUrl(), sequence, point.intents(), point.savedAtMillis());
    }

    @Override
    public Optional<ResumePoint> find(ShardId shard) {
        return Optional.ofNullable(points.get(shard));
    }

    @Override
    public void begin(ResumePoint start) {
        points.put(start.shard(), start);
    }

    @Override
    public long settled(ShardId shard, String session) {
        ResumePoint point = points.get(shard);
        return point == null || !point.session().equals(session) ? 0 : point.sequence();
    }

    @Override
    public Accepted accepted(ShardId shard, String session) {
        return new Accepted(accepted.getOrDefault(session, settled(shard, session)), 0);
    }

    @Override
    public void forget(ShardId shard, String session) {
        points.computeIfPresent(shard, (id, point) -> point.session().equals(session) ? null : point);
    }
}
