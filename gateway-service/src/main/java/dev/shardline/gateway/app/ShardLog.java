package dev.shardline.gateway.app;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.shard.ShardState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log what an operator wants to read about shards, in plain words and once. */
final class ShardLog implements ShardLifecycle {
    private static final Logger log = LoggerFactory.getLogger("shards");

    @Override
    public void ready(ShardId shard, ControlData.Ready ready) {
        log.info("Shard {} ready: new session, {} guilds", shard, ready.guilds().size());
    }

    @Override
    public void resumed(ShardId shard, String session, long replayed) {
        log.info("Shard {} resumed, {} missed events replayed", shard, replayed);
    }

    @Override
    public void disconnected(ShardId shard, int code, String reason) {
        log.info("Shard {} disconnected: {} {}", shard, code, reason);
    }

    @Override
    public void zombie(ShardId shard) {
        log.warn("Shard {} heard nothing for a whole heartbeat interval; reconnecting", shard);
    }

    @Override
    public void damaged(ShardId shard, String what) {
        log.warn("Shard {} received something damaged and reconnects: {}", shard, what);
    }

    @Override
    public void timedOut(ShardId shard, ShardState step) {
        log.warn("Shard {} waited too long in {}; reconnecting", shard, step);
    }

    @Override
    public void silent(ShardId shard, String type, Duration since, long otherEvents) {
        log.warn(
                "Shard {} has received no {} for {} min while {} other events came, though it used to come all the time."
                        + " Discord's sessions have been seen to lose single kinds; if users miss reactions, give the shard"
                        + " a new session",
                shard,
                type,
                since.toMinutes(),
                otherEvents);
    }

    @Override
    public void heardAgain(ShardId shard, String type) {
        log.info("Shard {} receives {} again", shard, type);
    }

    @Override
    public void sessionLost(SessionLost lost) {
        log.error("{}", lost.message());
    }
}
