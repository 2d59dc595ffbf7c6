package dev.shardline.gateway.reshard;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.protocol.MalformedPayloadException;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.DispatchSink;
import dev.shardline.gateway.shard.ShardId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Counts the guilds of each shard from the dispatches that pass: READY names them, GUILD_CREATE adds one,
 * a GUILD_DELETE that is no outage takes one away.
 *
 * <p>A shard whose session was resumed from an earlier process is not known until its next READY. Every dispatch goes on
 * first and unchanged. Fed on the shards' threads, read by any.
 */
public final class GuildCounts implements DispatchSink {
    private static final Logger log = LoggerFactory.getLogger(GuildCounts.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DispatchSink next;
    private final Map<ShardId, GuildSet> guilds = new ConcurrentHashMap<>();

    /** Before the sink that handles the dispatches. */
    public GuildCounts(DispatchSink next) {
        this.next = next;
    }

    /** The guilds of every shard that is known, by shard id. */
    public SortedMap<Integer, Integer> of(int total) {
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        guilds.forEach((shard, known) -> {
            if (shard.total() == total) {
                counts.put(shard.id(), known.size());
            }
        });
        return counts;
    }

    @Override
    public void accept(Dispatch dispatch) {
        next.accept(dispatch);
        switch (dispatch.type()) {
            case "READY" -> ready(dispatch);
            case "GUILD_CREATE" -> {
                GuildSet known = guilds.get(dispatch.shard());
                if (known != null) {
                    known.add(dispatch.routeId());
                }
            }
            case "GUILD_DELETE" -> {
                GuildSet known = guilds.get(dispatch.shard());
                if (known != null && !isOutage(dispatch)) {
                    known.remove(dispatch.routeId());
                }
            }
            default -> {
                // Says nothing about which guilds there are.
            }
        }
    }

    private void ready(Dispatch dispatch) {
        try {
            long[] ids = ControlData.ready(dispatch.data()).guilds().stream()
                    .mapToLong(Long::parseUnsignedLong)
                    .toArray();
            guilds.put(dispatch.shard(), new GuildSet(ids));
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
