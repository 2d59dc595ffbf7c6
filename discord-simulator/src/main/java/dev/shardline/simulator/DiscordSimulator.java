package dev.shardline.simulator;

import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.Gateway;
import dev.shardline.simulator.gateway.Intents;
import dev.shardline.simulator.gateway.Received;
import dev.shardline.simulator.gateway.SessionView;
import dev.shardline.simulator.gateway.Settings;
import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.gateway.Stats;
import dev.shardline.simulator.ledger.Ledger;
import dev.shardline.simulator.load.EventMix;
import dev.shardline.simulator.load.LoadGenerator;
import dev.shardline.simulator.net.HttpExchange;
import dev.shardline.simulator.net.Listener;
import dev.shardline.simulator.net.Reactor;
import dev.shardline.simulator.net.Ticks;
import dev.shardline.simulator.rest.InteractionCallback;
import dev.shardline.simulator.rest.Interactions;
import dev.shardline.simulator.rest.RestApi;
import dev.shardline.simulator.rest.RestCall;
import dev.shardline.simulator.world.EventTemplate;
import dev.shardline.simulator.world.World;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A fake Discord: REST API, gateway with sessions and faults, load generator and ledger, in one thread.
 *
 * <pre>{@code
 * try (DiscordSimulator discord = DiscordSimulator.builder().guilds(32).start()) {
 *     bot.connect(discord.apiUrl(), discord.token());
 *     discord.emit("MESSAGE_CREATE", discord.guildId(0));
 * }
 * }</pre>
 *
 * <p>All methods are safe on any thread and take effect before they return. {@link #close()} drops every connection.
 */
public final class DiscordSimulator implements AutoCloseable {
    /** The token unless another is set; like a real one it begins with the bot's id in Base64. */
    public static final String DEFAULT_TOKEN = "OTM4MjU4MDExNzgzMzU2NDk3.simulated.token";

    private final Settings settings;
    private final Reactor reactor;
    private final Ledger ledger = new Ledger();
    private final Gateway gateway;
    private final RestApi rest;
    private final Interactions interactions;
    private final LoadGenerator load;
    private final Listener main;
    private final Listener resume;
    private final Steering steering;
    private final String host;
    private final Map<String, EventTemplate> templates = new ConcurrentHashMap<>();

    private DiscordSimulator(Builder builder) {
        settings = builder.settings();
        host = builder.bindAddress;
        reactor = new Reactor("discord-simulator");
        interactions = new Interactions(builder.interactionTimeout, Ticks::now);
        World world = new World(builder.guilds, builder.guildCreateSample);
        gateway = new Gateway(reactor, settings, world, ledger, interactions, exchange -> resumePort());
        rest = new RestApi(gateway, interactions);
        load = new LoadGenerator(reactor, gateway, builder.mix, builder.seed);
        steering = new Steering(this);
        try {
            resume = reactor.listen(new InetSocketAddress(host, builder.resumePort), this::handle);
            main = reactor.listen(new InetSocketAddress(host, builder.port), this::handle);
        } catch (RuntimeException e) {
            reactor.close();
            throw e;
        }
    }

    /** A builder with a default for everything. */
    public static Builder builder() {
        return new Builder();
    }

    private int resumePort() {
        return resume.port();
    }

    private void handle(HttpExchange exchange) {
        if (exchange.wantsUpgrade()) {
            gateway.connect(exchange);
        } else if (exchange.path().startsWith("/api/")) {
            rest.handle(exchange);
        } else if (exchange.path().startsWith("/simulator")) {
            steering.handle(exchange);
        } else {
            exchange.json(404, "{\"message\":\"404: Not Found\",\"code\":0}");
        }
    }

    // ---- addresses ----

    /** The REST base URL, ending with {@code /api/v10}; the value for DISCORD_API_URL. */
    public String apiUrl() {
        return baseUrl() + "/api/v10";
    }

    /** The URL under which {@code /simulator/...} steers this simulator. */
    public String baseUrl() {
        return "http://" + urlHost() + ":" + port();
    }

    /** The WebSocket URL that /gateway/bot gives out. */
    public String gatewayUrl() {
        return "ws://" + urlHost() + ":" + port() + "/";
    }

    /** The WebSocket URL that READY gives out for RESUME: another port. */
    public String resumeGatewayUrl() {
        return "ws://" + urlHost() + ":" + resumePort();
    }

    private String urlHost() {
        return host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    }

    /** The port of REST and of the main gateway URL. */
    public int port() {
        return main.port();
    }

    /** The bot token without prefix. */
    public String token() {
        return settings.token();
    }

    // ---- the world ----

    /** The id of the guild with that index, from 0; see {@link World#guildId}. */
    public long guildId(int index) {
        return World.guildId(index);
    }

    /** The id of the guild's one text channel. */
    public long textChannelOf(long guildId) {
        return World.textChannelOf(guildId);
    }

    /** All guilds the bot is in. */
    public List<Long> guildIds() {
        return reactor.call(() -> List.copyOf(gateway.world().guilds()));
    }

    /** The bot joins a guild: GUILD_CREATE goes to its shard. */
    public void addGuild(long guildId) {
        reactor.call(() -> {
            gateway.world().add(guildId, new byte[0]);
            return gateway.dispatch("GUILD_CREATE", gateway.world().guildCreate(guildId));
        });
    }

    /** The bot leaves a guild: GUILD_DELETE without {@code unavailable}. */
    public void removeGuild(long guildId) {
        reactor.call(() -> {
            gateway.world().remove(guildId);
            return gateway.dispatch("GUILD_DELETE", json("{\"id\":\"" + Long.toUnsignedString(guildId) + "\"}"));
        });
    }

    /** An outage of a guild begins: GUILD_DELETE with {@code unavailable}. */
    public void guildUnavailable(long guildId) {
        dispatch("GUILD_DELETE", "{\"unavailable\":true,\"id\":\"" + Long.toUnsignedString(guildId) + "\"}");
    }

    /** An outage of a guild ends: GUILD_CREATE. */
    public void guildAvailable(long guildId) {
        reactor.call(() -> gateway.dispatch("GUILD_CREATE", gateway.world().guildCreate(guildId)));
    }

    /** Dispatches a GUILD_CREATE of at least that many bytes; Discord sends several megabytes for large guilds. */
    public void largeGuildCreate(long guildId, int bytes) {
        byte[] d = reactor.call(() -> gateway.world().largeGuildCreate(guildId, bytes));
        reactor.call(() -> gateway.dispatch("GUILD_CREATE", d));
    }

    // ---- events ----

    /**
     * Makes one event from a payload sample in that guild and counts it in the ledger.
     *
     * @param sample see {@code Payloads.names()}, such as {@code MESSAGE_CREATE}
     * @param guildId the guild; 0 for samples without a guild, which go to shard 0
     * @return how many sessions it went to; 0 means that it is not owed to anybody
     */
    public int emit(String sample, long guildId) {
        EventTemplate template = templates.computeIfAbsent(sample, EventTemplate::of);
        return reactor.call(() -> gateway.emit(template, guildId));
    }

    /** Dispatches this {@code d}, byte for byte, to the sessions its guild and intents select. Not in the ledger. */
    public int dispatch(String type, String d) {
        return reactor.call(() -> gateway.dispatch(type, json(d)));
    }

    /** Dispatches this {@code d}, byte for byte, to these shards, whatever it is. Not in the ledger. */
    public int dispatchTo(ShardFilter shards, String type, String d) {
        return reactor.call(() -> gateway.dispatchTo(shards, type, json(d)));
    }

    /** The generator of load; it is idle until started. */
    public LoadGenerator load() {
        return load;
    }

    /** What was generated and is owed to the bot. */
    public Ledger ledger() {
        return ledger;
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // ---- faults that happen now; each returns how many connections it hit ----

    /** Closes with a close frame of that code; the session can be resumed. */
    public int closeConnections(ShardFilter shards, int code, String reason) {
        return reactor.call(() -> gateway.close(shards, code, reason));
    }

    /** Resets TCP: what the client has not read yet is lost. */
    public int resetConnections(ShardFilter shards) {
        return reactor.call(() -> gateway.reset(shards));
    }

    /** Ends TCP without a close frame. */
    public int dropConnections(ShardFilter shards) {
        return reactor.call(() -> gateway.drop(shards));
    }

    /** Half-open: neither reads nor writes any more, but keeps TCP. {@link #thaw} ends it. */
    public int freeze(ShardFilter shards) {
        return reactor.call(() -> gateway.freeze(shards, true));
    }

    /** Ends {@link #freeze}: everything held back goes out. */
    public int thaw(ShardFilter shards) {
        return reactor.call(() -> gateway.freeze(shards, false));
    }

    /** Stops or starts reading from clients: their writes back up. */
    public int pauseReading(ShardFilter shards, boolean paused) {
        return reactor.call(() -> gateway.pauseReading(shards, paused));
    }

    /** Op 7; a client that stays is closed with 4000 after {@code closeAfter}, null for never. */
    public int requestReconnect(ShardFilter shards, @Nullable Duration closeAfter) {
        return reactor.call(() -> gateway.reconnect(shards, closeAfter));
    }

    /** Op 9 on live sessions; false kills them. */
    public int invalidateSessions(ShardFilter shards, boolean resumable) {
        return reactor.call(() -> gateway.invalidSession(shards, resumable));
    }

    /** Op 1. */
    public int requestHeartbeat(ShardFilter shards) {
        return reactor.call(() -> gateway.requestHeartbeat(shards));
    }

    /** Sends any text as a gateway message: unknown opcodes, odd types, garbage. */
    public int sendRaw(ShardFilter shards, String json) {
        return reactor.call(() -> gateway.raw(shards, json));
    }

    /** Forgets sessions, connected or not, without a word: the next RESUME gets op 9 false. Returns the sessions. */
    public int expireSessions(ShardFilter shards) {
        return reactor.call(() -> gateway.expire(shards));
    }

    // ---- faults that wait ----

    /** Arms a fault for one occasion on any shard. */
    public void arm(Fault fault, long parameter) {
        arm(fault, ShardFilter.all(), 1, parameter);
    }

    /** Arms a fault for that many occasions on these shards; {@link Fault} says what the parameter means. */
    public void arm(Fault fault, ShardFilter shards, int times, long parameter) {
        reactor.call(() -> {
            gateway.faults().arm(fault, shards, times, parameter);
            return true;
        });
    }

    public void disarm(Fault fault) {
        reactor.call(() -> {
            gateway.faults().disarm(fault);
            return true;
        });
    }

    public void disarmAll() {
        reactor.call(() -> {
            gateway.faults().disarmAll();
            return true;
        });
    }

    /** Every n-th IDENTIFY is answered by op 9 false; 0 ends it. */
    public void invalidateEveryNthIdentify(int n) {
        reactor.call(() -> {
            gateway.invalidateEveryNthIdentify(n);
            return true;
        });
    }

    /** The resume host is gone (connection refused) or back. */
    public void refuseResumeUrl(boolean refuse) {
        resume.refuse(refuse);
    }

    /** The main host is gone (connection refused, also for REST and /simulator) or back. */
    public void refuseMainUrl(boolean refuse) {
        main.refuse(refuse);
    }

    /** Sets session_start_limit and makes a reset token valid again. */
    public void identifyBudget(int total, int remaining) {
        reactor.call(() -> {
            gateway.budget(total, remaining);
            return true;
        });
    }

    /** Added to every retry_after from now on, negative too: a clock that runs wrong. */
    public void retryAfterSkew(Duration skew) {
        reactor.call(() -> {
            gateway.retryAfterSkew(skew);
            return true;
        });
    }

    // ---- what happened ----

    public Stats stats() {
        return reactor.call(gateway::stats);
    }

    /** All sessions that can receive or be resumed. */
    public List<SessionView> sessions() {
        return reactor.call(gateway::sessions);
    }

    /** The latest 10,000 payloads that clients sent over WebSockets, oldest first. */
    public List<Received> received() {
        return reactor.call(gateway::receivedPayloads);
    }

    /** The latest 10,000 REST requests, oldest first. */
    public List<RestCall> restCalls() {
        return reactor.call(rest::calls);
    }

    /** The interaction callbacks so far, with their latency. */
    public List<InteractionCallback> interactionCallbacks() {
        return reactor.call(interactions::callbacks);
    }

    /** The last presence each session set, as JSON text by session id. */
    public Map<String, String> presences() {
        return reactor.call(gateway::presences);
    }

    public int identifiesRemaining() {
        return reactor.call(gateway::identifiesRemaining);
    }

    @Override
    public void close() {
        reactor.close();
    }

    /** How this Discord behaves. Every method returns the builder. Not thread-safe. */
    public static final class Builder {
        private String bindAddress = "127.0.0.1";
        private int port;
        private int resumePort;
        private int guilds = 16;
        private String guildCreateSample = "variants/GUILD_CREATE.minimal";
        private EventMix mix = EventMix.typical();
        private long seed = 1;
        private Duration interactionTimeout = Duration.ofSeconds(3);
        private String token = DEFAULT_TOKEN;
        private int recommendedShards = 1;
        private int shardMultiple = 1;
        private int maxGuildsPerShard = 2500;
        private int allowedIntents = Intents.ALL;
        private int maxConcurrency = 1;
        private Duration identifyWindow = Duration.ofSeconds(5);
        private int identifyTotal = 1000;
        private Duration identifyBudgetWindow = Duration.ofHours(24);
        private Duration invalidSessionDelay = Duration.ofSeconds(5);
        private Duration heartbeatInterval = Duration.ofMillis(41_250);
        private int missedHeartbeatCloseCode = 4000;
        private Duration sessionTimeout = Duration.ofSeconds(90);
        private int replayLimit;
        private boolean trimReplayAtHeartbeat;
        private boolean staleResumeCloses;
        private int stolenCloseCode = 4003;
        private int sendLimit = 120;
        private Duration sendWindow = Duration.ofSeconds(60);
        private Duration presenceWindow = Duration.ofSeconds(20);
        private Duration memberRequestWindow = Duration.ofSeconds(30);
        private boolean memberRequestPerSession;
        private int membersPerGuild = 10;
        private int compressionLevel = 1;
        private int splitMessages;
        private int maxUnsent = 64 * 1024 * 1024;
        private boolean shuffleKeys;
        private boolean escapeNonAscii;

        private Builder() {}

        /** The address to listen on. Default loopback; {@code 0.0.0.0} in a container. */
        public Builder bindAddress(String address) {
            bindAddress = address;
            return this;
        }

        /** The port of REST and main gateway. Default 0: any free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** The port of the resume URL. Default 0: any free one. */
        public Builder resumePort(int value) {
            resumePort = value;
            return this;
        }

        /** The bot token. Default {@link DiscordSimulator#DEFAULT_TOKEN}. */
        public Builder token(String value) {
            token = value;
            return this;
        }

        /** How many guilds the bot is in. Default 16. */
        public Builder guilds(int count) {
            guilds = count;
            return this;
        }

        /** The sample for GUILD_CREATE: the default {@code variants/GUILD_CREATE.minimal} or {@code GUILD_CREATE}. */
        public Builder guildCreateSample(String name) {
            guildCreateSample = name;
            return this;
        }

        /** What the load generator makes. Default {@link EventMix#typical()}. */
        public Builder mix(EventMix value) {
            mix = value;
            return this;
        }

        /** The seed of the load generator. Default 1. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** The shard count that /gateway/bot recommends. Default 1. */
        public Builder recommendedShards(int count) {
            recommendedShards = count;
            return this;
        }

        /** A large bot's shard count must be a multiple of this, else 4010. Default 1. */
        public Builder shardMultiple(int value) {
            shardMultiple = value;
            return this;
        }

        /** More guilds on a shard get 4011. Default 2500. */
        public Builder maxGuildsPerShard(int value) {
            maxGuildsPerShard = value;
            return this;
        }

        /** The intents switched on for the application; missing privileged ones get 4014. Default all. */
        public Builder allowedIntents(int bits) {
            allowedIntents = bits;
            return this;
        }

        /** Identifies per window; bucket = shard id modulo this. Default 1. */
        public Builder maxConcurrency(int value) {
            maxConcurrency = value;
            return this;
        }

        /** The window of the identify buckets. Default 5 s; zero switches the check off. */
        public Builder identifyWindow(Duration window) {
            identifyWindow = window;
            return this;
        }

        /** session_start_limit.total. Default 1000. At 0 remaining the next IDENTIFY ends everything. */
        public Builder identifyTotal(int total) {
            identifyTotal = total;
            return this;
        }

        /** After this the identify budget is full again. Default 24 h. */
        public Builder identifyBudgetWindow(Duration window) {
            identifyBudgetWindow = window;
            return this;
        }

        /** The longest pause before op 9 answers an IDENTIFY; the shortest is a fifth of it. Default 5 s. */
        public Builder invalidSessionDelay(Duration delay) {
            invalidSessionDelay = delay;
            return this;
        }

        /** What HELLO says. Default 41.25 s. After 1.5 intervals without heartbeat the connection is closed. */
        public Builder heartbeatInterval(Duration interval) {
            heartbeatInterval = interval;
            return this;
        }

        /** The close code after missing heartbeats, 0 to end TCP without one. Default 4000. */
        public Builder missedHeartbeatCloseCode(int code) {
            missedHeartbeatCloseCode = code;
            return this;
        }

        /** How long a session without connection can be resumed. Default 90 s. */
        public Builder sessionTimeout(Duration timeout) {
            sessionTimeout = timeout;
            return this;
        }

        /** Dispatches kept per session for replay. Default {@code max(100, min(3500, 75 x guilds of the shard))}. */
        public Builder replayLimit(int dispatches) {
            replayLimit = dispatches;
            return this;
        }

        /** Whether a heartbeat's sequence trims the replay buffer. Default no. */
        public Builder trimReplayAtHeartbeat(boolean trim) {
            trimReplayAtHeartbeat = trim;
            return this;
        }

        /** Whether a RESUME from before the buffer gets 4007 instead of op 9 false. Default no. */
        public Builder staleResumeCloses(boolean closes) {
            staleResumeCloses = closes;
            return this;
        }

        /** The close code for a connection whose session was resumed elsewhere. Default 4003. */
        public Builder stolenCloseCode(int code) {
            stolenCloseCode = code;
            return this;
        }

        /** Payloads per connection and window; one more gets 4008. Default 120 in 60 s. */
        public Builder sendLimit(int payloads, Duration window) {
            sendLimit = payloads;
            sendWindow = window;
            return this;
        }

        /** The window in which the sixth presence update is dropped. Default 20 s. */
        public Builder presenceWindow(Duration window) {
            presenceWindow = window;
            return this;
        }

        /** The window in which a second op 8 for all members of a guild gets RATE_LIMITED. Default 30 s. */
        public Builder memberRequestWindow(Duration window) {
            memberRequestWindow = window;
            return this;
        }

        /** Whether that window counts per session. Default no: per bot. */
        public Builder memberRequestPerSession(boolean perSession) {
            memberRequestPerSession = perSession;
            return this;
        }

        /** How many members op 8 finds in each guild: {@code member0} onwards. Default 10. */
        public Builder membersPerGuild(int count) {
            membersPerGuild = count;
            return this;
        }

        /** Level of zlib and zstd, 1 (default, least CPU) to 9. */
        public Builder compressionLevel(int level) {
            compressionLevel = level;
            return this;
        }

        /**
         * Cuts zlib-stream messages into WebSocket messages of this many bytes; the last one may have three more, so
         * that zlib's end mark stays whole. Default 0: never.
         */
        public Builder splitMessages(int bytes) {
            splitMessages = bytes;
            return this;
        }

        /** How many bytes a slow client may leave unread before its TCP is reset. Default 64 MiB. */
        public Builder maxUnsent(int bytes) {
            maxUnsent = bytes;
            return this;
        }

        /** Whether the envelope's keys come in changing order. Default no: t, s, op, d. */
        public Builder shuffleKeys(boolean shuffle) {
            shuffleKeys = shuffle;
            return this;
        }

        /** Whether text outside ASCII is escaped. Default no. */
        public Builder escapeNonAscii(boolean escape) {
            escapeNonAscii = escape;
            return this;
        }

        /** How long an interaction can be answered. Default 3 s. */
        public Builder interactionTimeout(Duration timeout) {
            interactionTimeout = timeout;
            return this;
        }

        /** Listens. Throws {@link java.io.UncheckedIOException} when a port is taken. */
        public DiscordSimulator start() {
            return new DiscordSimulator(this);
        }

        private Settings settings() {
            return new Settings(
                    token,
                    recommendedShards,
                    shardMultiple,
                    maxGuildsPerShard,
                    allowedIntents,
                    maxConcurrency,
                    identifyWindow,
                    identifyTotal,
                    identifyBudgetWindow,
                    invalidSessionDelay,
                    heartbeatInterval,
                    missedHeartbeatCloseCode,
                    sessionTimeout,
                    replayLimit,
                    trimReplayAtHeartbeat,
                    staleResumeCloses,
                    stolenCloseCode,
                    sendLimit,
                    sendWindow,
                    presenceWindow,
                    memberRequestWindow,
                    memberRequestPerSession,
                    membersPerGuild,
                    compressionLevel,
                    splitMessages,
                    maxUnsent,
                    shuffleKeys,
                    escapeNonAscii);
        }
    }
}
