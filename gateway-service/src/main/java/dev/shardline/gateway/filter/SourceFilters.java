package dev.shardline.gateway.filter;

import dev.shardline.contract.EventTypes;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by {@link FilterSettings}, which can be exchanged at any moment, what is left out.
 *
 * <p>{@link #wants} and {@link #trim} are called on the shards' reader threads, many at once. The settings in force are
 * one immutable object: an event sees either the old or the new ones, never a mixture. While nothing is left out, an
 * event costs one look at a field.
 */
public final class SourceFilters {
    private static final Logger log = LoggerFactory.getLogger(SourceFilters.class);

    /** An available guild takes more bytes than this, an unavailable one far less: so the big ones are never read. */
    private static final int LONGEST_STUB = 256;

    private final FilterCounters counters = new FilterCounters();
    private final Map<ShardId, LoadingGuilds> loading = new ConcurrentHashMap<>();
    private volatile FilterSettings settings = FilterSettings.NONE;
    private final List<String> mentions;
    private volatile @Nullable Active active;

    /**
     * Begins with these settings.
     *
     * @param botId the bot's user id, empty when it is not known: then no mention counts as a prefix
     */
    public SourceFilters(FilterSettings first, String botId) {
        mentions = botId.isEmpty() ? List.of() : List.of("<@" + botId + ">", "<@!" + botId + ">");
        use(first);
    }

    /** The settings in force. */
    public FilterSettings settings() {
        return settings;
    }

    /**
     * Puts other settings in force, for the next event on. Which guilds are loading is learned from the next READY on
     * when that was off before; until then a GUILD_CREATE passes.
     *
     * @return those that were in force
     */
    public synchronized FilterSettings use(FilterSettings next) {
        FilterSettings before = settings;
        settings = next;
        active = next.isNone() ? null : new Active(next);
        if (!next.loadedGuilds()) {
            loading.clear();
        }
        if (!next.equals(before)) {
            log.info("Left out at the source from now on: {}", next);
            Set<String> unknown = new TreeSet<>(next.allow());
            unknown.addAll(next.deny());
            unknown.removeAll(EventTypes.KNOWN);
            if (!unknown.isEmpty()) {
                log.warn("Filters name events that this version does not know, check their spelling: {}", unknown);
            }
        }
        return before;
    }

    /** What was left out since the start. */
    public FilterCounters counters() {
        return counters;
    }

    /** Whether an event is published. */
    public boolean wants(Dispatch dispatch) {
        Active now = active;
        if (now == null) {
            return true;
        }
        FilterReason reason = now.against(dispatch);
        if (reason == null) {
            return true;
        }
        counters.dropped(reason).increment();
        return false;
    }

    /** The body without the fields that are to be taken out; the same array when there are none. */
    public byte[] trim(String type, byte[] body) {
        Active now = active;
        FieldTrim trim = now == null ? null : now.trim(type);
        if (trim == null) {
            return body;
        }
        byte[] trimmed = trim.apply(body);
        if (trimmed != body) {
            counters.trimmed.increment();
            counters.trimmedBytes.add(body.length - (long) trimmed.length);
        }
        return trimmed;
    }

    /** Settings as they are asked for by an event. */
    private final class Active {
        private final FilterSettings rules;
        private final List<String> prefixes = new ArrayList<>();
        private final Map<String, FieldTrim> trims = new HashMap<>();
        private final @Nullable FieldTrim trimOfOthers;

        Active(FilterSettings rules) {
            this.rules = rules;
            if (!rules.prefixes().isEmpty()) {
                prefixes.addAll(rules.prefixes());
                if (rules.mentionIsPrefix()) {
                    prefixes.addAll(mentions);
                }
            }
            Set<String> always = rules.trim().getOrDefault(FilterSettings.EVERY_EVENT, Set.of());
            rules.trim().forEach((event, own) -> {
                Set<String> paths = new LinkedHashSet<>(always);
                paths.addAll(own);
                trims.put(event, new FieldTrim(paths));
            });
            trimOfOthers = always.isEmpty() ? null : new FieldTrim(always);
        }

        @Nullable
        FieldTrim trim(String type) {
            return trims.isEmpty() ? null : trims.getOrDefault(type, trimOfOthers);
        }

        @Nullable
        FilterReason against(Dispatch dispatch) {
            String type = dispatch.type();
            FilterReason byContent = switch (type) {
                case "READY" -> {
                    ready(dispatch);
                    yield null;
                }
                case "GUILD_CREATE" -> guildCreate(dispatch);
                case "GUILD_DELETE" -> guildDelete(dispatch);
                case "MESSAGE_UPDATE" ->
                    rules.unchangedMessages() && !DataFields.tellsMore(dispatch.data())
                            ? FilterReason.MESSAGE_UNCHANGED
                            : null;
                case "MESSAGE_CREATE" -> messageCreate(dispatch);
                default -> null;
            };
            if (rules.deny().contains(type)) {
                return FilterReason.DENIED;
            }
            if (!rules.allow().isEmpty() && !rules.allow().contains(type)) {
                return FilterReason.NOT_ALLOWED;
            }
            return byContent;
        }

        private void ready(Dispatch dispatch) {
            if (rules.loadedGuilds()) {
                loading.put(
                        dispatch.shard(), new LoadingGuilds(dispatch.session(), DataFields.guildsOf(dispatch.data())));
            }
        }

        private @Nullable FilterReason guildCreate(Dispatch dispatch) {
            if (!rules.loadedGuilds()) {
                return null;
            }
            LoadingGuilds guilds = loading.get(dispatch.shard());
            if (guilds == null || !guilds.isOf(dispatch.session()) || !guilds.contains(dispatch.routeId())) {
                return null;
            }
            byte[] data = dispatch.data();
            if (data.length > LONGEST_STUB || !DataFields.isTrue(data, "unavailable")) {
                guilds.remove(dispatch.routeId());
            }
            return FilterReason.GUILD_LOADED;
        }

        private @Nullable FilterReason guildDelete(Dispatch dispatch) {
            if (!rules.loadedGuilds() && !rules.outages()) {
                return null;
            }
            boolean outage = DataFields.isTrue(dispatch.data(), "unavailable");
            if (rules.loadedGuilds()) {
                LoadingGuilds guilds = loading.compute(
                        dispatch.shard(),
                        (shard, known) -> known != null && known.isOf(dispatch.session())
                                ? known
                                : new LoadingGuilds(dispatch.session(), new long[0]));
                if (outage) {
                    guilds.add(dispatch.routeId());
                } else {
                    guilds.remove(dispatch.routeId());
                }
            }
            return outage && rules.outages() ? FilterReason.GUILD_OUTAGE : null;
        }

        private @Nullable FilterReason messageCreate(Dispatch dispatch) {
            if (prefixes.isEmpty() || dispatch.guildId() == null) {
                return null;
            }
            String content = DataFields.text(dispatch.data(), "content");
            if (content == null || content.isEmpty() || prefixes.stream().anyMatch(content::startsWith)) {
                return null;
            }
            return FilterReason.NO_PREFIX;
        }
    }
}
