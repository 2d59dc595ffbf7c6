package dev.shardline.benchmarks.load;

import dev.shardline.benchmarks.process.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures one target after the other on the same broker, each with a simulator and a consumer of its own. */
final class LoadRun {
    private static final Duration SETTLE = Duration.ofMillis(1_500);
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final int MOST_STEPS = 12;

    /** No machine that this runs on takes more, events per second. */
    private static final double MOST_OFFERED = 200_000;

    private final Options options;
    private final Broker broker;
    private final Path logs;
    private final Consumer<String> progress;

    LoadRun(Options options, Broker broker, Path logs, Consumer<String> progress) {
        this.options = options;
        this.broker = broker;
        this.logs = logs;
        this.progress = progress;
    }

    List<TargetResult> run() {
        List<TargetResult> results = new ArrayList<>();
        for (Target.Kind kind : options.targets()) {
            results.add(measure(kind));
        }
        return results;
    }

    private TargetResult measure(Target.Kind kind) {
        progress.accept(kind.label() + ": starting");
        try (Simulator discord = Simulator.start(logs, kind.label() + "-simulator", options);
                Target target = start(kind, discord);
                ConsumerProcess consumer =
                        ConsumerProcess.start(logs, kind.label() + "-consumer", broker.uri(), target.queues())) {
            awaitShards(discord);
            discord.load(
                    options.rates().stream().mapToInt(Integer::intValue).max().orElse(1_000));
            Time.pass(options.warmup());
            List<Measured> rates = new ArrayList<>();
            for (int rate : options.rates()) {
                rates.add(at(rate, discord, target, consumer));
            }
            List<Measured> ramp = ramp(discord, target, consumer);
            discord.load(0);
            drain(discord, consumer);
            return new TargetResult(title(kind), rates, ramp, discord.generated(), consumer.total());
        } finally {
            broker.deleteEverything();
        }
    }

    private Target start(Target.Kind kind, Simulator discord) {
        return switch (kind) {
            case FLOOR -> FloorTarget.start(logs, options, broker, discord);
            case GATEWAY_ONE_QUEUE -> GatewayTarget.start(logs, kind.label(), options, broker, discord, true);
            case GATEWAY -> GatewayTarget.start(logs, kind.label(), options, broker, discord, false);
        };
    }

    private String title(Target.Kind kind) {
        return switch (kind) {
            case FLOOR -> "floor, uncompressed, one " + options.queueType() + " queue";
            case GATEWAY_ONE_QUEUE -> "gateway, " + options.compression() + ", one " + options.queueType() + " queue";
            case GATEWAY ->
                "gateway, " + options.compression() + ", "
                        + Broker.partitionQueues().size() + " quorum queues";
        };
    }

    private void awaitShards(Simulator discord) {
        long until = Time.nanos() + Duration.ofSeconds(30).toNanos();
        while (discord.sessions() < options.shards()) {
            if (Time.nanos() > until) {
                throw new BenchmarkException("only " + discord.sessions() + " of " + options.shards()
                        + " shards are connected after 30 s; see the logs in " + logs);
            }
            Time.pass(Duration.ofMillis(100));
        }
    }

    private Measured at(double rate, Simulator discord, Target target, ConsumerProcess consumer) {
        discord.load(rate);
        Time.pass(SETTLE);
        consumer.mark();
        long began = Time.nanos();
        Usage before = Usage.of(target.pid());
        Time.pass(options.measure());
        ConsumerProcess.Arrived arrived = consumer.mark();
        Usage after = Usage.of(target.pid());
        double seconds = (Time.nanos() - began) / 1e9;
        Measured measured = new Measured(
                rate,
                arrived.events() / seconds,
                (after.cpuMicros() - before.cpuMicros()) / (double) Math.max(1, arrived.events()),
                arrived.p50(),
                arrived.p99(),
                after.residentKb());
        progress.accept(String.format(
                Locale.ROOT,
                "  %,.0f/s offered: %,.0f/s delivered, %.1f µs CPU/event, p50 %.1f ms, p99 %.1f ms, %d MB",
                rate,
                measured.delivered(),
                measured.cpuPerEvent(),
                measured.p50Micros() / 1e3,
                measured.p99Micros() / 1e3,
                measured.residentKb() / 1024));
        return measured;
    }

    private List<Measured> ramp(Simulator discord, Target target, ConsumerProcess consumer) {
        List<Measured> ramp = new ArrayList<>();
        double rate = options.rampFrom();
        for (int step = 0; rate > 0 && rate <= MOST_OFFERED && step < MOST_STEPS; step++) {
            Measured measured = at(rate, discord, target, consumer);
            ramp.add(measured);
            if (!measured.sustained()) {
                break;
            }
            rate *= options.rampFactor();
        }
        return ramp;
    }

    /** Waits until everything has arrived, or nothing comes any more. */
    private void drain(Simulator discord, ConsumerProcess consumer) {
        long generated = discord.generated();
        long until = Time.nanos() + DRAIN.toNanos();
        consumer.mark();
        while (consumer.total() < generated && Time.nanos() < until) {
            Time.pass(Duration.ofMillis(200));
            consumer.mark();
        }
    }
}
