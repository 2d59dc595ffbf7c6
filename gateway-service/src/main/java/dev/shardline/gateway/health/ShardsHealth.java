package dev.shardline.gateway.health;

import dev.shardline.gateway.shard.SessionLost;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.gateway.shard.ShardStatus;
import dev.shardline.gateway.shard.Shards;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP when every shard of this process is ready. Tells the state of each, and of those that are not ready why. */
public final class ShardsHealth extends AbstractHealthIndicator {
    private static final int NAMED = 20;

    private final Supplier<Optional<Shards>> shards;
    private final Supplier<String> waitingFor;

    /**
     * Over the shards, once there are some.
     *
     * @param waitingFor what the start waits for, empty once all were started
     */
    public ShardsHealth(Supplier<Optional<Shards>> shards, Supplier<String> waitingFor) {
        super("The state of the shards could not be read");
        this.shards = shards;
        this.waitingFor = waitingFor;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Shards running = shards.get().orElse(null);
        if (running == null) {
            health.down().withDetail("waitingFor", waitingFor.get());
            return;
        }
        List<ShardStatus> all = running.status();
        Map<ShardState, Long> states =
                all.stream().collect(Collectors.groupingBy(ShardStatus::state, TreeMap::new, Collectors.counting()));
        health.status(states.getOrDefault(ShardState.READY, 0L) == all.size() ? "UP" : "DOWN")
                .withDetail("shards", all.size())
                .withDetail("states", states)
                .withDetail("each", each(all));
        String waiting = waitingFor.get();
        if (!waiting.isEmpty()) {
            health.withDetail("waitingFor", waiting);
        }
        running.fatal().ifPresent(fatal -> health.withDetail("refused", fatal.message()));
        List<String> others = all.stream()
                .filter(status -> status.state() != ShardState.READY)
                .limit(NAMED)
                .map(ShardsHealth::describe)
                .toList();
        if (!others.isEmpty()) {
            health.withDetail("notReady", others);
        }
        List<String> lost = Stream.concat(
                        all.stream()
                                .map(ShardStatus::lastLoss)
                                .filter(Objects::nonNull)
                                .map(ShardStatus.Loss::inWords),
                        running.lostWithTheCount().stream().map(SessionLost::message))
                .limit(NAMED)
                .toList();
        if (!lost.isEmpty()) {
            health.withDetail("lost", lost);
        }
        List<String> silent = all.stream()
                .filter(status -> !status.silent().isEmpty())
                .limit(NAMED)
                .map(status -> status.shard() + " receives no " + String.join(", ", new TreeSet<>(status.silent())))
                .toList();
        if (!silent.isEmpty()) {
            health.withDetail("silent", silent);
        }
    }

    /** Short, for there may be a thousand. */
    private static Map<String, ShardState> each(List<ShardStatus> all) {
        Map<String, ShardState> each = new LinkedHashMap<>();
        all.forEach(status -> each.put(Integer.toString(status.shard().id()), status.state()));
        return each;
    }

    private static String describe(ShardStatus status) {
        ShardStatus.LastClose close = status.lastClose();
        return status.shard() + " " + status.state()
                + (close == null ? "" : ", last closed with " + close.code() + " " + close.reason());
    }
}
