package dev.shardline.gateway.reshard;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.protocol.MalformedPayloadException;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.DispatchSink;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the guilds of each shard from the dispatches that pass: READY names them, GUILD_CREATE adds one,
 * a GUILD_DELETE that is no outage takes one away.
 *
 * <p>With a file, a session that is resumed from an earlier process has the guilds that it had at the last save; what came
 * between that and the resume point is not seen, which no judgement of a shard count depends on. Without one, or for a
 * session that the file does not know, a shard is not known until its next READY. Every dispatch goes on first and
 * unchanged. Fed on the shards' threads, read by any.
 */
public final class GuildCounts implements DispatchSink, AutoCloseable {
    /** How often what has changed is saved: a minute. */
    private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(GuildCounts.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DispatchSink next;
    private final Map<ShardId, Counted> guilds = new ConcurrentHashMap<>();
    /** Of sessions of an earlier process; each is taken up once. */
    private final Map<ShardId, GuildFile.Known> earlier = new ConcurrentHashMap<>();

    private final @Nullable GuildFile file;
    private final @Nullable ScheduledExecutorService saver;
    private final AtomicInteger changes = new AtomicInteger();
    private int saved;
    private @Nullable String failure;

    private record Counted(String session, GuildSet set) {}

    /** Before the sink that handles the dispatches; remembers nothing. */
    public GuildCounts(DispatchSink next) {
        this.next = next;
        this.file = null;
        this.saver = null;
    }

    /** The same with a memory, which is read at once and written on a thread of its own while there are changes. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends with close
    public GuildCounts(DispatchSink next, GuildFile file) {
        this.next = next;
        this.file = file;
        try {
            earlier.putAll(file.load());
        } catch (IOException e) {
            log.warn("The guilds of resumed sessions are not known before their next READY: {}", e.getMessage());
        }
        saver = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "shardline-guilds");
            thread.setDaemon(true);
            return thread;
        });
        saver.scheduleWithFixedDelay(this::save, SAVE_EVERY.toMillis(), SAVE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Saves what has changed. Blocks. */
    synchronized void save() {
        int now = changes.get();
        if (file == null || now == saved) {
            return;
        }
        List<GuildFile.Known> all = new ArrayList<>(earlier.values());
        guilds.forEach((shard, counted) -> all.add(
                new GuildFile.Known(shard, counted.session(), counted.set().ids())));
        try {
            file.save(all);
            saved = now;
            failure = null;
        } catch (IOException e) {
            String text = String.valueOf(e.getMessage());
            if (!text.equals(failure)) {
                log.warn("The guilds of the shards cannot be saved; the next start may not know them: {}", text);
            }
            failure = text;
        }
    }

    /** Saves what has changed, and ends. */
    @Override
    public void close() {
        if (saver != null) {
            saver.shutdown();
        }
        save();
    }

    /** The guilds of every shard that is known, by shard id. */
    public SortedMap<Integer, Integer> of(int total) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        guilds.forEach((shard, known) -> {
            if (shard.total() == total) {
                counts.put(shard.id(), known.set().size());
            }
        });
        return counts;
    }

    @Override
    public void accept(Dispatch dispatch) {
        next.accept(dispatch);
        switch (dispatch.type()) {
            case "READY" -> ready(dispatch);
            case "RESUMED" -> known(dispatch);
            case "GUILD_CREATE" -> {
                GuildSet known = known(dispatch);
                if (known != null) {
                    known.add(dispatch.routeId());
                    changes.incrementAndGet();
                }
            }
            case "GUILD_DELETE" -> {
                GuildSet known = known(dispatch);
                if (known != null && !isOutage(dispatch)) {
                    known.remove(dispatch.routeId());
                    changes.incrementAndGet();
                }
            }
            default -> {
                // Says nothing about which guilds there are.
            }
        }
    }

    /** Null when this session's guilds are not known. */
    private @Nullable GuildSet known(Dispatch dispatch) {
        Counted known = guilds.get(dispatch.shard());
        if (known == null) {
            GuildFile.Known stored = earlier.remove(dispatch.shard());
            if (stored == null || !stored.session().equals(dispatch.session())) {
                return null;
            }
            known = new Counted(stored.session(), new GuildSet(stored.guilds()));
            guilds.put(dispatch.shard(), known);
        }
        return known.set();
    }

    private void ready(Dispatch dispatch) {
        earlier.remove(dispatch.shard());
        changes.incrementAndGet();
        try {
            long[] ids = ControlData.ready(dispatch.data()).guilds().stream()
                    .mapToLong(Long::parseUnsignedLong)
                    .toArray();
            guilds.put(dispatch.shard(), new Counted(dispatch.session(), new GuildSet(ids)));
        } catch (MalformedPayloadException | NumberFormatException e) {
            // A shape that Discord has not had so far must not cost the shard its connection.
            guilds.remove(dispatch.shard());
            log.warn("The guilds of shard {} cannot be counted: {}", dispatch.shard(), e.getMessage());
        }
    }

    private static boolean isOutage(Dispatch dispatch) {
        try {
            return JSON.readTree(dispatch.data()).path("unavailable").asBoolean(false);
        } catch (JacksonException e) {
            log.warn("A GUILD_DELETE of shard {} cannot be read: {}", dispatch.shard(), e.getOriginalMessage());
            return true;
        }
    }
}
