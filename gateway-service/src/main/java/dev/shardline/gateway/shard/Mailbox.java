package dev.shardline.gateway.shard;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread on which a group of shards decides. What they do there takes microseconds, so a few threads serve a
 * thousand shards.
 */
final class Mailbox implements Executor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final ExecutorService thread;

    Mailbox(String name) {
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    log.error("a shard failed to act", e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("dropped what a shard was told after its end");
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
