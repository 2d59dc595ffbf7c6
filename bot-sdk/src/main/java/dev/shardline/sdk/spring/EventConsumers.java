package dev.shardline.sdk.spring;

import dev.shardline.sdk.EventConsumer;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * All consumers of the application, by group. They start after every other bean and are the first to stop, so handlers
 * can use all beans until the last event is handled.
 */
public final class EventConsumers implements SmartLifecycle {
    private final Map<String, EventConsumer> byGroup;
    private volatile boolean running;

    EventConsumers(Map<String, EventConsumer> byGroup) {
        this.byGroup = new TreeMap<>(byGroup);
    }

    /** One group's consumer, null when there is none. */
    public @Nullable EventConsumer of(String group) {
        return byGroup.get(group);
    }

    /** All of them. */
    public Collection<EventConsumer> all() {
        return byGroup.values();
    }

    @Override
    public void start() {
        byGroup.values().forEach(EventConsumer::start);
        running = true;
    }

    /** Drains all groups at the same time. */
    @Override
    public void stop() {
        byGroup.values().parallelStream().forEach(EventConsumer::close);
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** A consumer that was closed does not start again, so a cached test context must not stop it for a while. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
