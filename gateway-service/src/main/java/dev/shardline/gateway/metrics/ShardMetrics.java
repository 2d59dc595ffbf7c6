package dev.shardline.gateway.metrics;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.shard.ShardLifecycle;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.Shards;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** {@code shardline.shards.*}, {@code shardline.sessions.*} and {@code shardline.heartbeat.*}. */
public final class ShardMetrics implements ShardLifecycle {
    private final MeterRegistry registry;
    private final Counter ready;
    private final Counter resumed;
    private final Counter replayed;
    private final Counter lost;
    private final Counter zombies;
    private final Counter damaged;
    private final Counter reconnects;
    private final Counter invalid;
    private final Timer roundTrip;
    private final Timer permit;

    /** Over the shards, once there are some. */
    public ShardMetrics(MeterRegistry registry, Supplier<Optional<Shards>> shards) {
        this.registry = registry;
        for (ShardState state : ShardState.values()) {
            Gauge.builder("shardline.shards", shards, source -> count(source, state))
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .description("shards of this process by state")
                    .register(registry);
        }
        Gauge.builder("shardline.shards.silent", shards, ShardMetrics::silent)
                .description("shards that miss a kind of event which used to come all the time")
                .register(registry);
        traffic(
                "socket.frames",
                "web socket frames received",
                shards,
                all -> all.traffic().frames());
        traffic(
                "socket.bytes",
                "bytes received, compressed",
                shards,
                all -> all.traffic().wireBytes());
        traffic(
                "payload.bytes",
                "bytes received, decompressed",
                shards,
                all -> all.traffic().payloadBytes());
        ready = counter("sessions.ready", "new sessions (READY): each cost an identify");
        resumed = counter("sessions.resumed", "sessions resumed");
        replayed = counter("sessions.replayed", "dispatches replayed by RESUMEs");
        lost = counter("sessions.lost", "sessions that Discord gave up: events in the gap are gone");
        zombies = counter("connections.zombie", "connections dropped because nothing was heard");
        damaged = counter("connections.damaged", "connections dropped because of damaged data");
        reconnects = counter("connections.reconnect.requested", "op 7 received");
        invalid = counter("sessions.invalid", "op 9 received");
        roundTrip = Timer.builder("shardline.heartbeat.rtt")
                .description("heartbeat to ACK")
                .register(registry);
        permit = Timer.builder("shardline.identify.wait")
                .description("how long shards waited for their turn to identify")
                .register(registry);
    }

    private static double count(Supplier<Optional<Shards>> shards, ShardState state) {
        Shards all = shards.get().orElse(null);
        return all == null
                ? 0
                : (double) all.status().stream()
                        .filter(status -> status.state() == state)
                        .count();
    }

    private static double silent(Supplier<Optional<Shards>> shards) {
        Shards all = shards.get().orElse(null);
        return all == null
                ? 0
                : (double) all.status().stream()
                        .filter(status -> !status.silent().isEmpty())
                        .count();
    }

    private void traffic(
            String name, String description, Supplier<Optional<Shards>> shards, ToLongFunction<Shards> value) {
        FunctionCounter.builder("shardline." + name, shards, source -> {
                    Shards all = source.get().orElse(null);
                    return all == null ? 0 : (double) value.applyAsLong(all);
                })
                .description(description)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder("shardline." + name).description(description).register(registry);
    }

    @Override
    public void ready(ShardId shard, ControlData.Ready data) {
        ready.increment();
    }

    @Override
    public void resumed(ShardId shard, String session, long missed) {
        resumed.increment();
        replayed.increment((double) missed);
    }

    @Override
    public void sessionLost(SessionLost session) {
        lost.increment();
    }

    @Override
    public void zombie(ShardId shard) {
        zombies.increment();
    }

    @Override
    public void damaged(ShardId shard, String what) {
        damaged.increment();
    }

    @Override
    public void reconnectRequested(ShardId shard) {
        reconnects.increment();
    }

    @Override
    public void invalidSession(ShardId shard, boolean resumable) {
        invalid.increment();
    }

    @Override
    public void heartbeatAcknowledged(ShardId shard, Duration time) {
        roundTrip.record(time);
    }

    @Override
    public void permitWaited(ShardId shard, Duration waited) {
        permit.record(waited);
    }

    @Override
    public void disconnected(ShardId shard, int code, String reason) {
        registry.counter("shardline.connections.closed", "code", Integer.toString(code))
                .increment();
    }
}
