package dev.shardline.gateway.shard;

import java.util.List;
import java.util.function.Consumer;

/** All lifecycle listeners; one that throws harms neither the others nor the shard. */
final class Listeners {
    private final List<ShardLifecycle> all;
    private final ControllerFailures failures;

    Listeners(List<ShardLifecycle> all, ControllerFailures failures) {
        this.all = List.copyOf(all);
        this.failures = failures;
    }

    void tell(Consumer<ShardLifecycle> news) {
        for (ShardLifecycle listener : all) {
            try {
                news.accept(listener);
            } catch (RuntimeException | Error e) {
                failures.failed(ShardLifecycle.class, listener.getClass().getName(), e);
            }
        }
    }
}
