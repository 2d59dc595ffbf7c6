package dev.shardline.gateway.app;

import dev.shardline.contract.Topology;
import dev.shardline.gateway.api.access.Role;
import dev.shardline.gateway.reshard.ReshardRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Everything about the gateway that can be set.
 *
 * @param discord which bot this is and how it talks to Discord
 * @param shards which shards run here
 * @param identify how carefully identifies are spent
 * @param reshard when the shard count counts as too small
 * @param broker which broker events go to
 * @param publish how events are published
 * @param filter what is left out at the source; by default nothing
 * @param spool where events wait while the broker is away
 * @param checkpoint how resume points are kept
 * @param commands what commands from bots may ask for
 * @param interactions what happens to interactions that no bot is there to answer
 * @param dataDir directory for everything that must survive a restart: spool, file checkpoints, embedded broker
 * @param groups groups whose queues are declared before their bots have ever started, as {@code name},
 *     {@code name:EVENT+EVENT}, or {@code name:*-EVENT-EVENT} for all but those
 * @param queues limits of the queues of each group, by group name; {@code default} holds for all others
 * @param api who may use the admin API
 * @param shutdownTimeout how long a graceful stop may take before what is left is spooled to disk
 */
@ConfigurationProperties("shardline")
public record ShardlineProperties(
        @DefaultValue Discord discord,
        @DefaultValue Shards shards,
        @DefaultValue Identify identify,
        @DefaultValue Reshard reshard,
        @DefaultValue Broker broker,
        @DefaultValue Publish publish,
        @DefaultValue Filter filter,
        @DefaultValue Spool spool,
        @DefaultValue Checkpoint checkpoint,
        @DefaultValue Commands commands,
        @DefaultValue Interactions interactions,
        @DefaultValue("./data") Path dataDir,
        @DefaultValue List<String> groups,
        @DefaultValue Map<String, Queues> queues,
        @DefaultValue Api api,
        @DefaultValue("20s") Duration shutdownTimeout) {

    /**
     * Which bot this is and how it talks to Discord.
     *
     * @param token the bot's token, with or without the prefix "Bot "; never logged
     * @param apiUrl base URL of Discord's API, with the version
     * @param simulatorUrl where to go when there is no token: base URL of a simulator; empty means that a token is
     *     required
     * @param intents names of the gateway intents to ask for
     * @param compression transport compression: zstd-stream, zlib-stream or none
     * @param largeThreshold members above which Discord sends only some of a guild's members, 50 to 250
     * @param presence presence sent with every IDENTIFY, as the JSON that Discord expects; empty sends none
     * @param maxMessageSize largest decompressed gateway message that is accepted
     */
    public record Discord(
            @DefaultValue("") String token,
            @DefaultValue("https://discord.com/api/v10") String apiUrl,
            @DefaultValue("") String simulatorUrl,
            @DefaultValue({"GUILDS", "GUILD_MESSAGES"}) List<String> intents,
            @DefaultValue("zstd-stream") String compression,
            @DefaultValue("50") int largeThreshold,
            @DefaultValue("") String presence,
            @DefaultValue("32MB") DataSize maxMessageSize) {
        /** Checks the ranges. */
        public Discord {
            if (!List.of("zstd-stream", "zlib-stream", "none").contains(compression)) {
                throw new ConfigurationProblem(
                        "shardline.discord.compression",
                        "\"" + compression + "\" is not a transport compression",
                        "Use zstd-stream, zlib-stream or none.");
            }
            if (largeThreshold < 50 || largeThreshold > 250) {
                throw new ConfigurationProblem(
                        "shardline.discord.large-threshold",
                        largeThreshold + " is out of Discord's range",
                        "Use 50 to 250.");
            }
            if (!apiUrl.startsWith("http://") && !apiUrl.startsWith("https://")) {
                throw new ConfigurationProblem(
                        "shardline.discord.api-url",
                        "\"" + apiUrl + "\" is not an http or https URL",
                        "Use https://discord.com/api/v10, or the base URL of a simulator with its /api/v10 part.");
            }
        }

        /** Hides the token. */
        @Override
        public String toString() {
            return "Discord[apiUrl=" + apiUrl + ", intents=" + intents + ", compression=" + compression + "]";
        }
    }

    /**
     * Which shards run here.
     *
     * @param total shard count: a number, or {@code auto} for Discord's recommendation
     * @param first first shard of this process, from 0
     * @param last last shard of this process, inclusive; unset means the last of all
     */
    public record Shards(
            @DefaultValue("auto") String total,
            @DefaultValue("0") int first,
            @Nullable Integer last) {
        /** Checks what can be checked before Discord's recommendation is known. */
        public Shards {
            int fixed = "auto".equals(total.toLowerCase(Locale.ROOT)) ? Integer.MAX_VALUE : parseTotal(total);
            if (first < 0 || first >= fixed) {
                throw new ConfigurationProblem(
                        "shardline.shards.first",
                        first + " is not a shard of " + total,
                        "Use 0 to shardline.shards.total - 1.");
            }
            if (last != null && (last < first || last >= fixed)) {
                throw new ConfigurationProblem(
                        "shardline.shards.last",
                        last + " is not a shard from " + first + " to " + (fixed - 1L),
                        "Use shardline.shards.first to shardline.shards.total - 1.");
            }
        }

        /** The fixed shard count, 0 when Discord is asked. */
        public int fixedTotal() {
            return "auto".equals(total.toLowerCase(Locale.ROOT)) ? 0 : parseTotal(total);
        }

        private static int parseTotal(String total) {
            try {
                int parsed = Integer.parseInt(total.trim());
                if (parsed >= 1) {
                    return parsed;
                }
            } catch (NumberFormatException e) {
                // falls through to the message below, which says more than the parser's
            }
            throw new ConfigurationProblem(
                    "shardline.shards.total",
                    "\"" + total + "\" is not a shard count",
                    "Use auto, or a number from 1.");
        }
    }

    /**
     * How carefully identifies are spent.
     *
     * @param reserve share of the daily identifies that is never spent, 0 to 0.9
     * @param window time in which one identify per bucket is allowed: Discord's five seconds and a margin
     */
    public record Identify(
            @DefaultValue("0.1") double reserve,
            @DefaultValue("5100ms") Duration window) {
        /** Checks the range. */
        public Identify {
            if (!(reserve >= 0 && reserve <= 0.9)) {
                throw new ConfigurationProblem(
                        "shardline.identify.reserve", reserve + " is not a share", "Use 0 to 0.9, for example 0.1.");
            }
        }
    }

    /**
     * When the shard count counts as too small. Can be changed while the gateway runs.
     *
     * @param mode {@code advise} asks the reshard policy and shows what it says, {@code off} asks nobody
     * @param threshold share of the room for guilds from which on the shard count is too small, above 0 up to 1
     * @param target share of the room that a new shard count may fill at most, above 0 and below the threshold
     * @param guildsPerShard how many guilds a shard has room for, 1 to 2500; Discord refuses more
     * @param checkInterval how often the policy is asked, 1m to 7d; each time Discord is asked for its recommendation and
     *     the identifies that are left
     */
    public record Reshard(
            @DefaultValue("ADVISE") ReshardRules.Mode mode,
            @DefaultValue("0.8") double threshold,
            @DefaultValue("0.5") double target,
            @DefaultValue("2500") int guildsPerShard,
            @DefaultValue("1h") Duration checkInterval) {
        /** Checks the ranges. */
        public Reshard {
            rules(mode, threshold, target, guildsPerShard, checkInterval);
        }

        ReshardRules rules() {
            return rules(mode, threshold, target, guildsPerShard, checkInterval);
        }

        private static ReshardRules rules(
                ReshardRules.Mode mode, double threshold, double target, int guildsPerShard, Duration checkInterval) {
            try {
                return new ReshardRules(mode, threshold, target, guildsPerShard, checkInterval);
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                int space = message.indexOf(' ');
                throw new ConfigurationProblem(
                        "shardline.reshard." + message.substring(0, space).replace('_', '-'),
                        message.substring(space + 1),
                        "Mend the value, or unset it; docs/configuration.md has every default.",
                        e);
            }
        }
    }

    /**
     * Which broker events go to.
     *
     * @param mode {@code rabbitmq}, or {@code embedded} for development without an installed broker
     * @param port port of the embedded broker on loopback, 0 for any free one
     * @param passwordFile file with the broker's password, read again for every connection, so that a rotated password
     *     takes effect without a restart; unset means {@code spring.rabbitmq.password}
     * @param startTimeout how long a start waits for a broker that does not answer before it gives up; when an earlier run
     *     has left resume points on disk, the gateway starts without the broker and spools instead
     * @param managementUrl RabbitMQ's management interface, such as {@code http://rabbitmq:15672}; when set, the limits of
     *     {@code shardline.queues} are kept as policies there and can be changed without making the queues anew. The
     *     broker's user needs the tag {@code policymaker}. Unset means limits are arguments of the queues
     */
    public record Broker(
            @DefaultValue("RABBITMQ") Mode mode,
            @DefaultValue("5672") int port,
            @Nullable Path passwordFile,
            @DefaultValue("20s") Duration startTimeout,
            @Nullable URI managementUrl) {
        /** Where events go. */
        public enum Mode {
            /** A RabbitMQ, reached by {@code spring.rabbitmq.*}. */
            RABBITMQ,
            /** A broker inside this process. Not for production. */
            EMBEDDED
        }

        /** Checks the range. */
        public Broker {
            if (port < 0 || port > 65535) {
                throw new ConfigurationProblem(
                        "shardline.broker.port", port + " is not a port", "Use 1 to 65535, or 0 for any free port.");
            }
        }
    }

    /**
     * How events are published.
     *
     * @param lanes connections that publish side by side, 1 to 16; the events of one shard always take the same one. Unset
     *     means one per two cores
     * @param window most events of a lane that wait for the broker's confirm at once
     * @param windowSize most bytes of a lane that wait for the broker's confirm at once
     * @param memory most bytes of a lane that wait in memory; what comes then goes to the spool
     * @param maxMessageSize largest body that is published; a larger event is left out, counted and named in the log. Not
     *     above the broker's {@code max_message_size}, 16 MiB on RabbitMQ 4; when the broker says that its limit is lower,
     *     that one holds until the gateway starts anew
     * @param confirmTimeout after how long without a confirm a connection is given up as dead
     * @param refusedFor how long the full queues of a group with {@code overflow=reject} may hold up all groups; what they
     *     refuse then is given up for that group, counted and reported. 0 for ever
     * @param countUnroutable whether the broker returns events that no queue wants, so that they can be counted
     * @param exchangeType {@code direct}, or {@code topic} for consumers that want wildcards at a higher price
     */
    public record Publish(
            @Nullable Integer lanes,
            @DefaultValue("2000") int window,
            @DefaultValue("8MB") DataSize windowSize,
            @DefaultValue("32MB") DataSize memory,
            @DefaultValue("16MB") DataSize maxMessageSize,
            @DefaultValue("30s") Duration confirmTimeout,
            @DefaultValue("15m") Duration refusedFor,
            @DefaultValue("true") boolean countUnroutable,
            @DefaultValue("direct") String exchangeType) {
        /** Checks the ranges. */
        public Publish {
            if (lanes != null && (lanes < 1 || lanes > 16)) {
                throw new ConfigurationProblem("shardline.publish.lanes", lanes + " is out of range", "Use 1 to 16.");
            }
            if (window < 1 || window > 100_000) {
                throw new ConfigurationProblem(
                        "shardline.publish.window", window + " is out of range", "Use 1 to 100000.");
            }
            if (maxMessageSize.toBytes() < 1 << 10 || maxMessageSize.toBytes() > 512 << 20) {
                throw new ConfigurationProblem(
                        "shardline.publish.max-message-size",
                        maxMessageSize + " is out of range",
                        "Use 1KB to 512MB, and not more than the broker's max_message_size.");
            }
            if (!List.of("direct", "topic").contains(exchangeType)) {
                throw new ConfigurationProblem(
                        "shardline.publish.exchange-type",
                        "\"" + exchangeType + "\" is not supported",
                        "Use direct or topic.");
            }
        }
    }

    /**
     * What is left out at the source. It can be changed while the gateway runs; an event that is left out counts as
     * handled.
     *
     * @param allow event names, and only these are published; empty for all
     * @param deny event names that are not published
     * @param loadedGuilds whether GUILD_CREATE is left out for guilds that the bot is in already, as after READY or an
     *     outage: what remains are the guilds it has joined
     * @param outages whether GUILD_DELETE is left out for outages: what remains are the guilds that the bot has left
     * @param unchangedMessages whether MESSAGE_UPDATE is left out when nobody has edited the message, as when Discord adds
     *     a link preview, or a pin or flag changes
     * @param prefixes the MESSAGE_CREATE of a guild is left out unless its content begins with one of these, or has none
     * @param mentionIsPrefix whether a mention of the bot counts as one of the prefixes
     * @param trim fields that are taken out of events, as {@code EVENT:path+path}, for example
     *     {@code PRESENCE_UPDATE:activities+user.avatar}; {@code *} for every event
     */
    public record Filter(
            @DefaultValue Set<String> allow,
            @DefaultValue Set<String> deny,
            @DefaultValue("false") boolean loadedGuilds,
            @DefaultValue("false") boolean outages,
            @DefaultValue("false") boolean unchangedMessages,
            @DefaultValue List<String> prefixes,
            @DefaultValue("false") boolean mentionIsPrefix,
            @DefaultValue List<String> trim) {}

    /**
     * Where events wait while the broker is away.
     *
     * @param maxSize most bytes on disk; what happens beyond is said in the runbook
     * @param keepFree bytes of the disk that the spool leaves free
     * @param buffer most bytes of all lanes together that wait in memory for the disk, also when it takes nothing; what
     *     comes then is left at Discord and fetched by RESUME when there is room
     * @param maxAge events that have waited on disk for longer are given up, counted and reported; 0 keeps them for ever
     * @param after how long the broker may be away, blocked or silent until what waits in memory is copied to disk
     * @param sheddable event names that are dropped, and counted, when events would go to a spool that is over four
     *     fifths full, or whose disk takes nothing; never in a burst that a working disk cannot follow
     */
    public record Spool(
            @DefaultValue("4GB") DataSize maxSize,
            @DefaultValue("256MB") DataSize keepFree,
            @DefaultValue("64MB") DataSize buffer,
            @DefaultValue("24h") Duration maxAge,
            @DefaultValue("2s") Duration after,

            @DefaultValue({"TYPING_START", "PRESENCE_UPDATE"})
            Set<String> sheddable) {
        /** Checks the range. */
        public Spool {
            if (maxSize.toBytes() < 1 << 20) {
                throw new ConfigurationProblem(
                        "shardline.spool.max-size", maxSize + " is too small", "Use 1MB or more.");
            }
            if (buffer.toBytes() < 1 << 16) {
                throw new ConfigurationProblem("shardline.spool.buffer", buffer + " is too small", "Use 64KB or more.");
            }
        }
    }

    /**
     * How resume points are kept.
     *
     * @param store {@code auto} (a stream on RabbitMQ, a file with the embedded broker), {@code stream} or {@code file}
     * @param interval how often resume points are written while they move
     */
    public record Checkpoint(
            @DefaultValue("AUTO") Store store,
            @DefaultValue("250ms") Duration interval) {
        /** Where resume points are kept. */
        public enum Store {
            /** A stream on RabbitMQ, a file with the embedded broker. */
            AUTO,
            /** {@code shardline.checkpoints} on the broker, shared by all instances. */
            STREAM,
            /** {@code checkpoints} in the data directory. */
            FILE
        }
    }

    /**
     * What commands from bots may ask for.
     *
     * @param voiceUsers most users of whom is remembered in which guild's voice they are, for commands with the target
     *     {@code user.<id>}; about 250 bytes each. 0 remembers nobody. Needs the intent GUILD_VOICE_STATES
     */
    public record Commands(@DefaultValue("0") int voiceUsers) {
        /** Checks the range. */
        public Commands {
            if (voiceUsers < 0 || voiceUsers > 10_000_000) {
                throw new ConfigurationProblem(
                        "shardline.commands.voice-users", voiceUsers + " is out of range", "Use 0 to 10000000.");
            }
        }
    }

    /**
     * What happens to interactions that no bot is there to answer.
     *
     * @param deferFor groups whose bots answer interactions. While no instance of any of them is attached, the gateway
     *     tells Discord that the answer comes later, which gives the bot fifteen minutes instead of three seconds. Empty
     *     defers nothing
     * @param deferEphemeral whether the later answer is for the user only
     */
    public record Interactions(
            @DefaultValue List<String> deferFor,
            @DefaultValue("false") boolean deferEphemeral) {
        /** Checks the names. */
        public Interactions {
            for (String group : deferFor) {
                try {
                    Topology.requireGroup(group);
                } catch (IllegalArgumentException e) {
                    throw new ConfigurationProblem(
                            "shardline.interactions.defer-for",
                            String.valueOf(e.getMessage()),
                            "Name the groups of the bots that answer interactions, comma separated.",
                            e);
                }
            }
        }
    }

    /**
     * Limits of a group's queues.
     *
     * @param maxLength most events that wait in one queue; unset means no limit
     * @param maxSize most bytes that wait in one queue; unset means no limit
     * @param ttl how long an event may wait; unset means for ever
     * @param overflow what happens at a limit: {@code drop-oldest} (counted) or {@code reject} (back-pressure to the
     *     gateway's spool)
     * @param partitions how many partition queues a group gets that does not exist yet, 1 to 32; unset means 16. After
     *     that its bots decide
     */
    public record Queues(
            @Nullable Long maxLength,
            @Nullable DataSize maxSize,
            @Nullable Duration ttl,
            @DefaultValue("drop-oldest") String overflow,
            @Nullable Integer partitions) {}

    /**
     * Who may use the admin API. While neither a token nor a certificate is configured, it answers only on this machine and
     * changes nothing.
     *
     * @param enabled whether there is an API under {@code /api/v1} at all
     * @param tokens bearer tokens by a name of your choice: {@code .token} is the token (24 characters or more) or
     *     {@code sha256:} and its hash, {@code .role} is {@code read} (default) or {@code operate}. An empty token counts as
     *     none
     * @param certificates client certificates by a name of your choice: {@code .subject} is the distinguished name,
     *     {@code .role} is {@code read} (default) or {@code operate}; needs {@code server.ssl.bundle} and
     *     {@code server.ssl.client-auth}
     */
    public record Api(
            @DefaultValue("true") boolean enabled,
            @DefaultValue Map<String, ApiToken> tokens,
            @DefaultValue Map<String, ApiCertificate> certificates) {}

    /**
     * A bearer token of the admin API.
     *
     * @param token the token, or {@code sha256:} and its hash; never logged
     * @param role what it may do
     */
    public record ApiToken(
            @DefaultValue("") String token,
            @DefaultValue("READ") Role role) {
        /** Hides the token. */
        @Override
        public String toString() {
            return "ApiToken[role=" + role + "]";
        }
    }

    /**
     * A client certificate of the admin API.
     *
     * @param subject its distinguished name
     * @param role what it may do
     */
    public record ApiCertificate(
            @DefaultValue("") String subject,
            @DefaultValue("READ") Role role) {}
}
