package dev.shardline.it.delivery;

import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.simulator.ledger.Marker;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A bot as a process of its own that writes into a {@link Book} what it handles: one line per event, written before the
 * handler returns, so that a kill cannot hide an event that was handled.
 */
final class AuditBot {
    static final String READY = "audit-bot ready";
    static final String GROUP = "audit";
    /** What the gateway declares for a group of which it knows the name only. */
    static final int PARTITIONS = 16;

    private static final int PREFETCH = 128;

    /** The most events that it can have taken and not acked: those of its partitions and of the express queue. */
    static final int WINDOW = (PARTITIONS + 1) * PREFETCH;

    private final String name;
    /** Unbuffered: one write per line, which the system appends whole or not at all. */
    private final FileOutputStream book;
    /** How long a handler takes on top. */
    private final long work;

    private AuditBot(String name, FileOutputStream book, long work) {
        this.name = name;
        this.book = book;
        this.work = work;
    }

    /** The arguments are the broker's URI, the book, the bot's name in it and how many milliseconds a handler takes. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        AuditBot bot = new AuditBot(
                arguments[2],
                new FileOutputStream(arguments[1], true),
                TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[3])));
        EventConsumer consumer = EventConsumer.builder(arguments[0])
                .group(GROUP)
                .partitions(PARTITIONS)
                .prefetch(PREFETCH)
                .onAny(bot::handle)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(consumer::close, "drain"));
        consumer.start().awaitReady(Duration.ofSeconds(60));
        System.out.println(READY);
        Thread.currentThread().join();
    }

    private void handle(EventContext event) throws IOException {
        Marker marker = Marker.find(event.raw());
        if (marker != null) {
            String line = name + ' ' + marker + (event.redelivered() ? " redelivered\n" : "\n");
            book.write(line.getBytes(StandardCharsets.US_ASCII));
            LockSupport.parkNanos(work);
        }
    }
}
