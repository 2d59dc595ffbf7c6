package dev.shardline.benchmarks.load;

import dev.shardline.benchmarks.process.FloorMain;
import dev.shardline.gateway.protocol.Intent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The floor, publishing to one queue by the default exchange: the shortest way a broker has. */
final class FloorTarget implements Target {
    private final ChildProcess process;

    private FloorTarget(ChildProcess process) {
        this.process = process;
    }

    static FloorTarget start(Path logs, Options options, Broker broker, Simulator discord) {
        broker.declareOneQueue(options.queueType(), false);
        long intents = Stream.of(Intent.values()).mapToLong(Intent::bit).sum();
        ChildProcess process = ChildProcess.java(
                "floor",
                logs,
                Map.of(),
                ChildProcess.main(
                        options.gatewayJvm(),
                        FloorMain.class.getName(),
                        broker.uri(),
                        Broker.oneQueue(),
                        discord.gatewayUrl(),
                        discord.token(),
                        Integer.toString(options.shards()),
                        Long.toString(intents)));
        process.await("forwarding", Duration.ofSeconds(30));
        return new FloorTarget(process);
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public List<String> queues() {
        return List.of(Broker.oneQueue());
    }

    @Override
    public void close() {
        process.close();
    }
}
