package dev.shardline.gateway.filter;

import dev.shardline.contract.EventTypes;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
    private final ControllerFailures failures;
    private volatile @Nullable Active active;

    /**
     * Begins with these settings.
     *
     * @param botId the bot's user id, empty when it is not known: then no mention counts as a prefix
     */
    public SourceFilters(FilterSettings first, String botId) {
        this(first, botId, new ControllerFailures());
    }

    /** The same, with the place where failures are counted: what cannot be read is published as it is. */
    public SourceFilters(FilterSettings first, String botId, ControllerFailures failures) {
        this.failures = failures;
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
        FilterReason reason;
        try {
            reason = now.against(dispatch);
        } catch (RuntimeException | Error e) {
            failures.failed(SourceFilters.class, dispatch.type(), e);
            return true;
        }
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
        byte[] trimmed;
        try {
            trimmed = trim.apply(body);
        } catch (RuntimeException | Error e) {
            failures.failed(SourceFilters.class, "trim of " + type, e);
            return body;
        }
        if (trimmed != body) {
            counters.trimmed.increment();
            counters.trimmedBytes.add(body.length - (long) trimmed.length);
        }
        return trimmed;
    }

    /** Names of events as they are written in settings, made ready to be asked for every event. */
    private static final class Names {
        private final Set<String> bare;
        private final boolean unknown;

        Names(Set<String> written) {
            bare = written.stream().map(FilterSettings::bare).collect(Collectors.toUnmodifiableSet());
            unknown = written.contains(FilterSettings.OTHER);
        }

        boolean mean(String type) {
            return bare.contains(type) || (unknown && !EventTypes.KNOWN.contains(type));
        }
    }

    /** Settings as they are asked for by an event. */
    private final class Active {
        private final FilterSettings rules;
        private final List<String> prefixes = new ArrayList<>();
        private final Map<String, FieldTrim> trims = new HashMap<>();
        private final @Nullable FieldTrim trimOfKnown;
        private final @Nullable FieldTrim trimOfUnknown;
        private final Names allow;
        private final Names deny;

        Active(FilterSettings rules) {
            this.rules = rules;
            if (!rules.prefixes().isEmpty()) {
                prefixes.addAll(rules.prefixes());
                if (rules.mentionIsPrefix()) {
                    prefixes.addAll(mentions);
                }
            }
            allow = new Names(rules.allow());
            deny = new Names(rules.deny());
            Set<String> always = rules.trim().getOrDefault(FilterSettings.EVERY_EVENT, Set.of());
            Set<String> unknown = new LinkedHashSet<>(always);
            unknown.addAll(rules.trim().getOrDefault(FilterSettings.OTHER, Set.of()));
            Map<String, Set<String>> byEvent = new HashMap<>();
            rules.trim().forEach((written, own) -> {
                String event = FilterSettings.bare(written);
                byEvent.computeIfAbsent(
                                event,
                                first -> new LinkedHashSet<>(EventTypes.KNOWN.contains(event) ? always : unknown))
                        .addAll(own);
            });
            byEvent.forEach((event, paths) -> trims.put(event, new FieldTrim(paths)));
            trimOfKnown = always.isEmpty() ? null : new FieldTrim(always);
            trimOfUnknown = unknown.isEmpty() ? null : new FieldTrim(unknown);
        }

        @Nullable
        FieldTrim trim(String type) {
            if (trims.isEmpty()) {
                return null;
            }
            FieldTrim own = trims.get(type);
            return own != null ? own : EventTypes.KNOWN.contains(type) ? trimOfKnown : trimOfUnknown;
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
            if (deny.mean(type)) {
                return FilterReason.DENIED;
            }
            if (!rules.allow().isEmpty() && !allow.mean(type)) {
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
