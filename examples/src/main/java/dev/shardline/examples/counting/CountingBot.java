package dev.shardline.examples.counting;

import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.ConsumerHealth;
import dev.shardline.sdk.EventConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How do I run several instances of a bot that needs order? Start it as often as you like, with nothing else to set: the
 * instances share the guilds, and what must outlive an instance lies where all see it.
 *
 * <p>Environment: {@code RABBITMQ_URL}, {@code SHARDLINE_GROUP}, {@code SCORES} (a directory that all instances see).
 */
public final class CountingBot {
    private CountingBot() {}

    /** Runs until it is stopped. */
    public static void main(String[] args) throws IOException, InterruptedException {
        EventConsumer consumer = consumer(
                setting("RABBITMQ_URL", "amqp://guest:guest@localhost:5672"),
                setting("SHARDLINE_GROUP", "counting"),
                new ScoreFiles(Path.of(setting("SCORES", "data/scores"))));
        CountDownLatch stopped = new CountDownLatch(1);
        // Handlers that run may end, the rest goes to the other instances, in order.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            consumer.close();
            stopped.countDown();
        }));
        consumer.start();
        while (!stopped.await(5, TimeUnit.SECONDS)) {
            System.out.println(line(consumer));
        }
    }

    static EventConsumer consumer(String broker, String group, Scores scores) {
        return EventConsumer.builder(broker)
                .group(group)
                .on(MessageCreate.class, new CountingGame(scores))
                .build();
    }

    private static String line(EventConsumer consumer) {
        ConsumerHealth health = consumer.health();
        if (!health.up()) {
            return "waiting: " + health.problem();
        }
        return "one of " + health.instances().size() + " instances, with " + health.ownedPartitions()
                + " partitions; " + consumer.metrics().handled() + " events handled, the last one "
                + consumer.metrics().lastAge().toMillis() + " ms after it came in";
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
