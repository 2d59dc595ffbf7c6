package dev.shardline.gateway.publish;

import dev.shardline.gateway.broker.BrokerSettings;
import java.nio.file.Path;
import java.time.Duration;

/** A process of its own that publishes and dies without a word. See {@link PublishingCrashTest}. */
final class CrashingGateway {
    private CrashingGateway() {}

    /**
     * Runs until a condition holds, then halts the JVM.
     *
     * @param args directory, broker URI, events per shard to reach, {@code spooled} or {@code confirmed}, and the count
     */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        BrokerSettings broker = BrokerSettings.parse(args[1]).withTimes(Duration.ofSeconds(3), Duration.ofSeconds(5));
        int events = Integer.parseInt(args[2]);
        long enough = Long.parseLong(args[4]);
        PublishSettings settings = Rig.settings().withMemory(50, 200, 100_000, 64 << 20);
        @SuppressWarnings("resource") // this process does not end in order
        Rig rig = new Rig(directory, () -> broker, settings);
        Thread watch = new Thread(() -> {
            PublishCounters counters = rig.publishing.counters();
            while ((args[3].equals("spooled") ? counters.spooled : counters.confirmed).sum() < enough) {
                Thread.onSpinWait();
            }
            Runtime.getRuntime().halt(9);
        });
        watch.start();
        rig.publishing.startWithoutBroker();
        rig.sendUpTo(events);
        watch.join();
    }
}
