package dev.shardline.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/**
 * A bot that ends at once, as after a crash of the JVM, when it handles an event that contains {@code poison}.
 *
 * <p>The arguments are the broker's URI and a file, to which it adds a line with guild and sequence for each event handled.
 */
final class CrashingBot {
    static final String GROUP = "crash";
    static final int EXIT = 86;

    private CrashingBot() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path book = Path.of(arguments[1]);
        EventConsumer consumer = EventConsumer.builder(arguments[0])
                .group(GROUP)
                .partitions(4)
                .on("MESSAGE_CREATE", event -> {
                    if (event.json().path("content").asString("").equals("poison")) {
                        Runtime.getRuntime().halt(EXIT);
                    }
                    Files.writeString(
                            book,
                            event.guildId() + " " + event.sequence() + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                })
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(consumer::close));
        consumer.start();
        new CountDownLatch(1).await();
    }
}
