package dev.shardline.sdk.dispatch;

import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What handlers of this process wait for: a later event of the same guild, at whichever instance of the group it comes in.
 *
 * <p>Every instance looks out for what the others wait for and sends them a copy of each event that may be it. So nothing
 * has to be known of who owns the guild's partition, now or later. Stages complete on the executor, so whoever continues
 * there holds up no lane. Safe from any thread; never blocks.
 */
public final class Waits {
    private static final Logger LOG = LoggerFactory.getLogger(Waits.class);
    private static final String NO_GUILD = "";
    /** Of others, at a time; what is beyond is not looked out for here. */
    static final int MAX_WATCHES = 65_536;

    private final Timers timers;
    private final Executor executor;
    private final Map<String, List<Wait>> byGuild = new ConcurrentHashMap<>();
    private final Map<String, Wait> byId = new ConcurrentHashMap<>();
    private final Map<String, List<Lookout>> lookouts = new ConcurrentHashMap<>();
    private final Map<String, Lookout> lookoutsById = new ConcurrentHashMap<>();
    private volatile @Nullable Others others;
    private volatile boolean closed;

    /** The other instances of the group. Calls must not block. */
    public interface Others {
        /** Ask them to look out, for so long; asked again, it replaces what was asked before. */
        void watch(Watch watch, Duration remaining);

        /** They need not look out any more. */
        void forget(String id);

        /** A copy of an event for whoever waits. */
        void forward(String replyTo, String id, EventContext event);
    }

    /**
     * What others can tell of a wait without its predicate.
     *
     * @param id unique
     * @param guild empty outside guilds
     * @param type event name
     * @param who more that is known of the event; null when nothing is
     */
    public record Watch(
            String id, String guild, String type, @Nullable Author who) {
        boolean matches(EventContext event) {
            return type.equals(event.type()) && (who == null || who.equals(Author.of(event)));
        }
    }

    private record Wait(
            Watch watch, long deadline, Predicate<EventContext> wanted, CompletableFuture<EventContext> future) {}

    private record Lookout(Watch watch, String replyTo, Timers.Scheduled end) {}

    /** Nothing waits yet, and nobody else is known. */
    public Waits(Timers timers, Executor executor) {
        this.timers = timers;
        this.executor = executor;
    }

    /** From now on the others are asked too. */
    public void connect(Others all) {
        others = all;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what cleans up cannot fail
    CompletionStage<EventContext> next(
            @Nullable String guildId,
            String type,
            @Nullable Author who,
            Predicate<EventContext> wanted,
            Duration timeout) {
        String guild = guildId == null ? NO_GUILD : guildId;
        CompletableFuture<EventContext> future = new CompletableFuture<>();
        Wait wait = new Wait(
                new Watch(UUID.randomUUID().toString(), guild, type, who),
                timers.nanos() + timeout.toNanos(),
                wanted,
                future);
        byId.put(wait.watch().id(), wait);
        add(byGuild, guild, wait);
        ask(wait);
        if (closed) {
            fail(wait, closedBeforeItCame());
        }
        Timers.Scheduled timer = timers.schedule(
                timeout,
                () -> fail(
                        wait,
                        new ShardlineException(
                                ShardlineException.Kind.TIMEOUT, "no such " + type + " came within " + timeout)));
        future.whenComplete((event, failure) -> {
            timer.cancel();
            // Perhaps it was cancelled by whoever waited.
            remove(wait);
        });
        return future;
    }

    private void ask(Wait wait) {
        Others all = others;
        long remaining = wait.deadline() - timers.nanos();
        if (all != null && remaining > 0) {
            all.watch(wait.watch(), Duration.ofNanos(remaining));
            if (!byId.containsKey(wait.watch().id())) {
                // It has ended meanwhile, and told so before it was asked for.
                all.forget(wait.watch().id());
            }
        }
    }

    /** Somebody may be there who was not asked yet. */
    public void refresh() {
        byId.values().forEach(this::ask);
    }

    /** Nothing comes in any more. */
    public void close() {
        closed = true;
        for (Wait wait : byId.values()) {
            fail(wait, closedBeforeItCame());
        }
        lookoutsById.keySet().forEach(this::forget);
    }

    private static ShardlineException closedBeforeItCame() {
        return new ShardlineException(ShardlineException.Kind.CLOSED, "the consumer was closed before the event came");
    }

    /** Sees every new event before its handlers do. */
    void accept(EventContext event) {
        String guild = event.guildId() == null ? NO_GUILD : event.guildId();
        for (Wait wait : byGuild.getOrDefault(guild, List.of())) {
            offer(wait, event);
        }
        Others all = others;
        if (all == null) {
            return;
        }
        for (Lookout lookout : lookouts.getOrDefault(guild, List.of())) {
            if (matches(lookout, event)) {
                all.forward(lookout.replyTo(), lookout.watch().id(), event);
            }
        }
    }

    private static boolean matches(Lookout lookout, EventContext event) {
        try {
            return lookout.watch().matches(event);
        } catch (ShardlineException unreadable) {
            // Its own handlers say so.
            return false;
        }
    }

    /** Another instance has seen an event that may be the one. */
    void offered(String id, EventContext event) {
        Wait wait = byId.get(id);
        if (wait != null) {
            // The predicate is the caller's, and this thread keeps the connection.
            executor.execute(() -> offer(wait, event));
        } else {
            Others all = others;
            if (all != null) {
                all.forget(id);
            }
        }
    }

    @SuppressWarnings("CatchThrowable") // the predicate is the caller's: it fails its own wait and nothing else
    private void offer(Wait wait, EventContext event) {
        try {
            if (wait.watch().type().equals(event.type()) && wait.wanted().test(event) && remove(wait)) {
                executor.execute(() -> wait.future().complete(event));
            }
        } catch (Throwable e) {
            if (remove(wait)) {
                executor.execute(() -> wait.future().completeExceptionally(e));
            }
        }
    }

    private void fail(Wait wait, ShardlineException reason) {
        if (remove(wait)) {
            executor.execute(() -> wait.future().completeExceptionally(reason));
        }
    }

    /** False when it has ended already. */
    private boolean remove(Wait wait) {
        if (!byId.remove(wait.watch().id(), wait)) {
            return false;
        }
        remove(byGuild, wait.watch().guild(), wait);
        Others all = others;
        if (all != null) {
            all.forget(wait.watch().id());
        }
        return true;
    }

    /** Another instance waits: copies of what may be it go to its queue, until the time is up. */
    public void watchFor(Watch watch, String replyTo, Duration remaining) {
        forget(watch.id());
        if (lookoutsById.size() >= MAX_WATCHES) {
            LOG.warn("the other instances wait for more than {} events: the latest is not looked out for", MAX_WATCHES);
            return;
        }
        Lookout lookout = new Lookout(watch, replyTo, timers.schedule(remaining, () -> forget(watch.id())));
        lookoutsById.put(watch.id(), lookout);
        add(lookouts, watch.guild(), lookout);
    }

    /** It waits no longer. */
    public void forget(String id) {
        Lookout lookout = lookoutsById.remove(id);
        if (lookout != null) {
            lookout.end().cancel();
            remove(lookouts, lookout.watch().guild(), lookout);
        }
    }

    /** How many events of other instances this one looks out for. */
    int watches() {
        return lookoutsById.size();
    }

    private static <T> void add(Map<String, List<T>> lists, String guild, T one) {
        lists.compute(guild, (key, present) -> {
            List<T> all = present == null ? new CopyOnWriteArrayList<>() : present;
            all.add(one);
            return all;
        });
    }

    private static <T> void remove(Map<String, List<T>> lists, String guild, T one) {
        lists.computeIfPresent(guild, (key, all) -> {
            all.remove(one);
            return all.isEmpty() ? null : all;
        });
    }
}
