package dev.shardline.sdk.dispatch;

import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What handlers of this process wait for: a later event of the same guild.
 *
 * <p>A wait lives where the guild's events come in, and ends with {@code MOVED} when they begin to come in elsewhere.
 * Stages complete on the executor, so whoever continues there holds up no lane. Safe from any thread; never blocks.
 */
public final class Waits {
    private static final String NO_GUILD = "";

    private final Timers timers;
    private final Executor executor;
    private final Map<String, List<Wait>> byGuild = new ConcurrentHashMap<>();

    /** One partition queue as this process consumes it: while it does, the guild's events come in here. */
    public interface Place {
        /** False for good or for a while; {@link Waits#moved} is called after each change to false. */
        boolean isHere();
    }

    private record Wait(
            String guild,
            Place place,
            String type,
            Predicate<EventContext> wanted,
            CompletableFuture<EventContext> future) {}

    /** Nothing waits yet. */
    public Waits(Timers timers, Executor executor) {
        this.timers = timers;
        this.executor = executor;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what cleans up cannot fail
    CompletionStage<EventContext> next(
            @Nullable String guildId,
            @Nullable Place place,
            String type,
            Predicate<EventContext> wanted,
            Duration timeout) {
        String guild = guildId == null ? NO_GUILD : guildId;
        CompletableFuture<EventContext> future = new CompletableFuture<>();
        if (place == null) {
            future.completeExceptionally(moved());
            return future;
        }
        Wait wait = new Wait(guild, place, type, wanted, future);
        byGuild.compute(guild, (key, waits) -> {
            List<Wait> all = waits == null ? new CopyOnWriteArrayList<>() : waits;
            all.add(wait);
            return all;
        });
        // After it is listed: either this sees that the partition has moved, or moved() sees the wait.
        if (!place.isHere()) {
            fail(wait, moved());
            return future;
        }
        Timers.Scheduled timer = timers.schedule(
                timeout,
                () -> fail(
                        wait,
                        new ShardlineException(
                                ShardlineException.Kind.TIMEOUT, "no such " + type + " came within " + timeout)));
        future.whenComplete((event, failure) -> {
            timer.cancel();
            remove(wait);
        });
        return future;
    }

    /** The events of this place come in elsewhere from now on. */
    public void moved(Place place) {
        failAll(wait -> wait.place() == place, moved());
    }

    /** Nothing comes in any more. */
    public void close() {
        failAll(
                wait -> true,
                new ShardlineException(
                        ShardlineException.Kind.CLOSED, "the consumer was closed before the event came"));
    }

    /** Sees every new event before its handlers do. */
    void accept(EventContext event) {
        String guild = event.guildId();
        List<Wait> waits = byGuild.get(guild == null ? NO_GUILD : guild);
        if (waits == null) {
            return;
        }
        for (Wait wait : waits) {
            if (wait.type().equals(event.type())) {
                offer(wait, event);
            }
        }
    }

    @SuppressWarnings("CatchThrowable") // the predicate is the caller's: it fails its own wait and nothing else
    private void offer(Wait wait, EventContext event) {
        try {
            if (wait.wanted().test(event)) {
                remove(wait);
                executor.execute(() -> wait.future().complete(event));
            }
        } catch (Throwable e) {
            remove(wait);
            executor.execute(() -> wait.future().completeExceptionally(e));
        }
    }

    private void failAll(Predicate<Wait> which, ShardlineException reason) {
        for (List<Wait> waits : byGuild.values()) {
            for (Wait wait : waits) {
                if (which.test(wait)) {
                    fail(wait, reason);
                }
            }
        }
    }

    private void fail(Wait wait, ShardlineException reason) {
        remove(wait);
        executor.execute(() -> wait.future().completeExceptionally(reason));
    }

    private void remove(Wait wait) {
        byGuild.computeIfPresent(wait.guild(), (key, waits) -> {
            waits.remove(wait);
            return waits.isEmpty() ? null : waits;
        });
    }

    private static ShardlineException moved() {
        return new ShardlineException(
                ShardlineException.Kind.MOVED, "another instance of the group gets the events of this guild");
    }
}
