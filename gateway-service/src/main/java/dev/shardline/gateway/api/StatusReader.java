package dev.shardline.gateway.api;

import dev.shardline.contract.GroupSpec;
import dev.shardline.gateway.command.CommandService;
import dev.shardline.gateway.publish.PublishCounters;
import dev.shardline.gateway.publish.PublishHealth;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.Shards;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts together what the API shows of this instance. Safe for use by many threads. */
final class StatusReader {
    private final GatewayView gateway;
    private final SessionAges sessions;
    private final String version;
    private final LongSupplier micros;

    /**
     * Over the gateway.
     *
     * @param micros the time of day, microseconds since the epoch
     */
    StatusReader(GatewayView gateway, SessionAges sessions, String version, LongSupplier micros) {
        this.gateway = gateway;
        this.sessions = sessions;
        this.version = version;
        this.micros = micros;
    }

    Status status() {
        PublishHealth publishing = gateway.publishing();
        Shards shards = gateway.shards().orElse(null);
        List<ShardInfo> infos = shards();
        Map<String, Integer> states = new TreeMap<>();
        infos.forEach(shard -> states.merge(shard.state(), 1, Integer::sum));
        String waitingFor = gateway.waitingFor();
        String checkpoints = gateway.checkpointFailure();
        boolean ready = shards != null
                && states.getOrDefault(ShardState.READY.name(), 0) == infos.size()
                && !publishing.lanes().isEmpty()
                && publishing.healthy()
                && checkpoints == null;
        return new Status(
                ManagementFactory.getRuntimeMXBean().getName(),
                version,
                ManagementFactory.getRuntimeMXBean().getUptime(),
                ready,
                waitingFor.isEmpty() ? null : waitingFor,
                shards == null
                        ? null
                        : shards.fatal().map(fatal -> fatal.message()).orElse(null),
                shards == null ? 0 : shards.plan().total(),
                states,
                infos,
                broker(publishing),
                spool(publishing, checkpoints),
                gateway.groups().stream().map(StatusReader::group).toList(),
                events(gateway.counters()),
                gateway.commands().map(CommandService::isConsuming).orElse(false));
    }

    /** The shards of this instance; none before their number is known. */
    List<ShardInfo> shards() {
        long now = micros.getAsLong();
        return gateway.shards()
                .map(shards -> shards.status().stream()
                        .map(status -> ShardInfo.of(status, sessions.sessionSince(status.shard()), now))
                        .toList())
                .orElse(List.of());
    }

    private Status.Broker broker(PublishHealth publishing) {
        return new Status.Broker(
                gateway.broker(),
                publishing.lanes().stream()
                        .map(lane -> new Status.Lane(
                                lane.state().name(),
                                lane.reason(),
                                lane.unconfirmed(),
                                lane.waiting(),
                                lane.confirmAgeMillis()))
                        .toList(),
                publishing.mismatches());
    }

    private Status.Spool spool(PublishHealth publishing, @Nullable String checkpointFailure) {
        long oldest = publishing.spoolOldestMicros();
        return new Status.Spool(
                publishing.spoolEvents(),
                publishing.spoolBytes(),
                publishing.spoolMaxBytes(),
                oldest == 0 ? null : Math.max(0, micros.getAsLong() - oldest) / 1000,
                publishing.refusedSessions(),
                publishing.spoolFailure(),
                checkpointFailure);
    }

    private static Status.Group group(GroupSpec group) {
        return new Status.Group(
                group.name(), new TreeSet<>(group.events()).stream().toList(), group.partitions());
    }

    private static Status.Events events(PublishCounters counters) {
        return new Status.Events(
                counters.received.sum(),
                counters.filtered.sum(),
                counters.repeated.sum(),
                counters.refused.sum(),
                counters.shed.sum(),
                counters.tooLarge.sum(),
                counters.published.sum(),
                counters.confirmed.sum(),
                counters.nacked.sum(),
                counters.unroutable.sum(),
                counters.republished.sum(),
                counters.spooled.sum(),
                counters.drained.sum(),
                counters.expired.sum());
    }
}
