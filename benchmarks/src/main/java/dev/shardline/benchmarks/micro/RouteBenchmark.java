package dev.shardline.benchmarks.micro;

import dev.shardline.contract.Slots;
import dev.shardline.gateway.publish.Router;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From a guild to its slot, and from an event to its routing key. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouteBenchmark {
    private final Router router = Router.byGuild();
    private final Dispatch dispatch = new Dispatch(
            new ShardId(3, 16),
            "0123456789abcdef0123456789abcdef",
            42,
            "MESSAGE_CREATE",
            new byte[0],
            "820993970405679409",
            820993970405679409L,
            0,
            false);
    private long guild = 820993970405679409L;

    /** The slot of another guild each time. */
    @Benchmark
    public int slot() {
        guild += 1L << 22;
        return Slots.of(guild);
    }

    /** The routing key. */
    @Benchmark
    public String route() {
        return router.routingKey(dispatch);
    }
}
