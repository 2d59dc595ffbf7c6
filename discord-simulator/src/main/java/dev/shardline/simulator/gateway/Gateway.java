package dev.shardline.simulator.gateway;

import dev.shardline.simulator.ledger.Ledger;
import dev.shardline.simulator.net.Bytes;
import dev.shardline.simulator.net.HttpExchange;
import dev.shardline.simulator.net.Reactor;
import dev.shardline.simulator.net.Ticks;
import dev.shardline.simulator.world.EventTemplate;
import dev.shardline.simulator.world.MessageContent;
import dev.shardline.simulator.world.Payloads;
import dev.shardline.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All sessions and connections of the simulated Discord. Reactor's thread only. */
public final class Gateway {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int MAX_RECEIVED = 10_000;
    private static final long DISCORD_EPOCH_MILLIS = 1_420_070_400_000L;
    private static final int STREAM_BATCH = 50;
    private static final int STREAM_UNSENT = 1024 * 1024;

    private final Reactor reactor;
    private final Settings settings;
    private final World world;
    private final Ledger ledger;
    private final InteractionLog interactions;
    private final ToIntFunction<HttpExchange> resumePort;
    private final FaultRules faults = new FaultRules();
    private final EventKinds kinds = new EventKinds();
    private final Counters counters = new Counters();
    private final Commands commands;
    private final IdentifyLimits identifyLimits;
    private final Bytes scratch = new Bytes(8192);
    private final Bytes renderScratch = new Bytes(8192);
    private final List<GatewaySession> targets = new ArrayList<>();
    private final Map<String, GatewaySession> sessions = new LinkedHashMap<>();
    private final List<GatewayConnection> connections = new ArrayList<>();
    private final Map<GatewayConnection, String> resumeUrls = new HashMap<>();

    /** For each shard count in use, the sessions of each shard. */
    private final Map<Integer, List<List<GatewaySession>>> routes = new LinkedHashMap<>();

    private final ArrayDeque<Received> received = new ArrayDeque<>();
    private Duration retryAfterSkew = Duration.ZERO;
    private long order;
    private long lastId;
    private boolean tokenReset;
    private int invalidateEveryNth;
    private long identifyAttempts;

    /** Mutable counters behind {@link Stats}. */
    static final class Counters {
        long connections;
        long identifies;
        long identifyViolations;
        long resumes;
        long refusedResumes;
        long stolenSessions;
        long sessionsEndedByClient;
        long sessionsDiscarded;
        long dispatches;
        long replayed;
        long heartbeats;
        long zombies;
        long sendLimitViolations;
        long droppedPresences;
    }

    public Gateway(
            Reactor reactor,
            Settings settings,
            World world,
            Ledger ledger,
            InteractionLog interactions,
            ToIntFunction<HttpExchange> resumePort) {
        this.reactor = reactor;
        this.settings = settings;
        this.world = world;
        this.ledger = ledger;
        this.interactions = interactions;
        this.resumePort = resumePort;
        this.commands = new Commands(this);
        this.identifyLimits = new IdentifyLimits(
                settings.maxConcurrency(),
                settings.identifyWindow().toNanos(),
                settings.identifyTotal(),
                settings.identifyBudgetWindow().toNanos(),
                Ticks.now());
    }

    public Settings settings() {
        return settings;
    }

    public FaultRules faults() {
        return faults;
    }

    public World world() {
        return world;
    }

    Reactor reactor() {
        return reactor;
    }

    Counters counters() {
        return counters;
    }

    Commands commands() {
        return commands;
    }

    Bytes scratch() {
        return scratch;
    }

    // ---- connections ----

    /** Takes a WebSocket upgrade. */
    public void connect(HttpExchange exchange) {
        if (faults.strike(Fault.UPGRADE_STALL) != FaultRules.NONE) {
            return;
        }
        if (faults.strike(Fault.UPGRADE_RESET) != FaultRules.NONE) {
            exchange.reset();
            return;
        }
        long status = faults.strike(Fault.UPGRADE_STATUS);
        if (status != FaultRules.NONE) {
            exchange.json((int) status, "{\"message\":\"simulated\"}");
            return;
        }
        counters.connections++;
        GatewayConnection connection = new GatewayConnection(this, exchange.upgrade(), exchange.query());
        connections.add(connection);
        String host = exchange.header("host");
        String name = host == null ? "127.0.0.1" : host.replaceFirst(":\\d+$", "");
        resumeUrls.put(connection, "ws://" + name + ":" + resumePort.applyAsInt(exchange));
        connection.start(exchange.query());
    }

    void gone(GatewayConnection connection) {
        connections.remove(connection);
        resumeUrls.remove(connection);
    }

    void received(GatewayConnection connection, int op, JsonNode d) {
        if (received.size() == MAX_RECEIVED) {
            received.removeFirst();
        }
        String text = d.toString();
        if (d.has("token")) {
            ObjectNode masked = (ObjectNode) d.deepCopy();
            masked.put("token", "***");
            text = masked.toString();
        }
        received.addLast(new Received(connection.shardId(), connection.shardCount(), op, text, Ticks.now()));
    }

    /** The latest 10,000 payloads that clients sent, oldest first. */
    public List<Received> receivedPayloads() {
        return new ArrayList<>(received);
    }

    // ---- IDENTIFY ----

    void identify(GatewayConnection connection, JsonNode d) {
        if (tokenReset || !settings.token().equals(d.path("token").asString(""))) {
            connection.close(4004, "Authentication failed.");
            return;
        }
        JsonNode intentsNode = d.path("intents");
        if (!intentsNode.isIntegralNumber() || !d.path("properties").isObject()) {
            connection.close(4001, "Invalid payload for opcode 2: intents and properties are required.");
            return;
        }
        long intents = intentsNode.asLong();
        if ((intents & ~(long) Intents.ALL) != 0) {
            connection.close(4013, "Invalid intent(s).");
            return;
        }
        if ((intents & Intents.PRIVILEGED & ~settings.allowedIntents()) != 0) {
            connection.close(4014, "Disallowed intent(s).");
            return;
        }
        JsonNode shard = d.path("shard");
        boolean shardGiven = shard.isArray();
        int shardId = shardGiven ? shard.path(0).asInt(-1) : 0;
        int shardCount = shardGiven ? shard.path(1).asInt(-1) : 1;
        if (shardId < 0 || shardCount < 1 || shardId >= shardCount || shardCount % settings.shardMultiple() != 0) {
            connection.close(4010, "Invalid shard.");
            return;
        }
        List<Long> guilds = world.guildsOf(shardId, shardCount);
        if (guilds.size() > settings.maxGuildsPerShard()) {
            connection.close(4011, "Sharding required.");
            return;
        }
        identifyAttempts++;
        IdentifyLimits.Verdict verdict = identifyLimits.identify(shardId, Ticks.now());
        if (verdict == IdentifyLimits.Verdict.EXHAUSTED) {
            exhausted();
            return;
        }
        long code = faults.strike(Fault.IDENTIFY_CLOSE, shardId, shardCount);
        if (code != FaultRules.NONE) {
            connection.close((int) code, "simulated");
            return;
        }
        long resumable = faults.strike(Fault.IDENTIFY_INVALID_SESSION, shardId, shardCount);
        boolean nth = invalidateEveryNth > 0 && identifyAttempts % invalidateEveryNth == 0;
        if (verdict == IdentifyLimits.Verdict.BUCKET_USED || nth || resumable != FaultRules.NONE) {
            if (verdict == IdentifyLimits.Verdict.BUCKET_USED) {
                counters.identifyViolations++;
            }
            reactor.after(
                    GatewayConnection.jitter(settings.invalidSessionDelay()),
                    () -> connection.invalidSession(resumable == 1));
            return;
        }
        GatewaySession session = new GatewaySession(
                UUID.randomUUID().toString().replace("-", ""),
                shardId,
                shardCount,
                shardGiven,
                (int) intents,
                replayLimit(guilds.size()),
                order);
        connection.accepted(session, d.path("compress").asBoolean(false));
        session.attach(connection);
        if (d.path("presence").isObject()) {
            commands.presence(session, d.path("presence"));
        }
        if (faults.strike(Fault.READY_STALL, shardId, shardCount) != FaultRules.NONE) {
            return;
        }
        long delay = faults.strike(Fault.READY_DELAY, shardId, shardCount);
        if (delay != FaultRules.NONE) {
            reactor.after(Duration.ofMillis(delay), () -> ready(session, connection, guilds));
        } else {
            ready(session, connection, guilds);
        }
    }

    private int replayLimit(int guilds) {
        return settings.replayLimit() > 0 ? settings.replayLimit() : Math.max(100, Math.min(3500, 75 * guilds));
    }

    private void ready(GatewaySession session, GatewayConnection connection, List<Long> guilds) {
        if (connection.ended() || session.connection() != connection) {
            return;
        }
        counters.identifies++;
        sessions.put(session.id(), session);
        routes.computeIfAbsent(session.shardCount(), count -> {
                    List<List<GatewaySession>> shards = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        shards.add(new ArrayList<>());
                    }
                    return shards;
                })
                .get(session.shardId())
                .add(session);
        send(session, kinds.of("READY"), readyPayload(session, connection, guilds), 0, 0);
        if ((session.intents() & Intents.GUILDS) != 0) {
            stream(session, guilds, 0);
        }
    }

    private byte[] readyPayload(GatewaySession session, GatewayConnection connection, List<Long> guilds) {
        ObjectNode ready = (ObjectNode) Payloads.tree("READY");
        ready.put("session_id", session.id());
        ready.put("resume_gateway_url", resumeUrls.getOrDefault(connection, "ws://127.0.0.1"));
        if (session.shardGiven()) {
            ready.putArray("shard").add(session.shardId()).add(session.shardCount());
        } else {
            ready.remove("shard");
        }
        ArrayNode stubs = ready.putArray("guilds");
        for (long guild : guilds) {
            stubs.addObject().put("unavailable", true).put("id", Long.toUnsignedString(guild));
        }
        return JSON.writeValueAsBytes(ready);
    }

    /** Sends GUILD_CREATEs in small batches, so that live events come in between and memory stays bounded. */
    private void stream(GatewaySession session, List<Long> guilds, int from) {
        if (!session.alive() || from >= guilds.size()) {
            return;
        }
        int at = from;
        GatewayConnection connection = session.connection();
        if (connection == null || connection.socket().unsent() < STREAM_UNSENT) {
            int to = Math.min(guilds.size(), at + STREAM_BATCH);
            while (at < to && (connection == null || connection.socket().unsent() < STREAM_UNSENT)) {
                long guild = guilds.get(at++);
                if (world.contains(guild)) {
                    send(session, kinds.of("GUILD_CREATE"), world.guildCreate(guild), guild, 0);
                }
            }
        }
        int next = at;
        if (next < guilds.size()) {
            reactor.after(Duration.ofMillis(1), () -> stream(session, guilds, next));
        }
    }

    /** What Discord does when a bot burns its budget: every session ends and the token is no longer valid. */
    private void exhausted() {
        tokenReset = true;
        for (GatewayConnection connection : List.copyOf(connections)) {
            connection.close(4004, "Authentication failed: the session start limit is exhausted.");
        }
        for (GatewaySession session : List.copyOf(sessions.values())) {
            discard(session);
        }
    }

    // ---- RESUME ----

    void resume(GatewayConnection connection, JsonNode d) {
        String sessionId = d.path("session_id").asString("");
        GatewaySession session = sessions.get(sessionId);
        if (!d.path("seq").isIntegralNumber()) {
            connection.close(4001, "Invalid payload for opcode 6: seq is required.");
            return;
        }
        long sequence = d.path("seq").asLong();
        if (session == null
                || tokenReset
                || !settings.token().equals(d.path("token").asString(""))) {
            counters.refusedResumes++;
            connection.invalidSession(false);
            return;
        }
        int shardId = session.shardId();
        int shardCount = session.shardCount();
        if (!resumeFault(connection, session)) {
            return;
        }
        if (sequence > session.sequence() || sequence < 0) {
            counters.refusedResumes++;
            connection.close(4007, "Invalid seq.");
            return;
        }
        session.acknowledged(sequence, false);
        if (!session.canReplayAfter(sequence)) {
            counters.refusedResumes++;
            GatewayConnection holder = session.connection();
            discard(session);
            if (holder != null) {
                holder.stolen(settings.stolenCloseCode());
            }
            if (settings.staleResumeCloses()) {
                connection.close(4007, "Invalid seq.");
            } else {
                connection.invalidSession(false);
            }
            return;
        }
        GatewayConnection holder = session.connection();
        if (holder != null) {
            counters.stolenSessions++;
            holder.stolen(settings.stolenCloseCode());
        }
        connection.accepted(session, false);
        session.attach(connection);
        counters.resumes++;
        long dropAfter = faults.strike(Fault.RESUME_DROP_MID_REPLAY, shardId, shardCount);
        for (Dispatch dispatch : session.after(sequence)) {
            if (dropAfter != FaultRules.NONE && dropAfter-- <= 0) {
                connection.socket().dropWhenFlushed();
                return;
            }
            counters.replayed++;
            connection.dispatch(dispatch);
        }
        if (dropAfter != FaultRules.NONE) {
            connection.socket().dropWhenFlushed();
            return;
        }
        send(
                session,
                kinds.of("RESUMED"),
                "{\"_trace\":[\"[\\\"gateway-prd-sim\\\",{\\\"micros\\\":0}]\"]}".getBytes(StandardCharsets.UTF_8),
                0,
                0);
    }

    /** Returns whether the RESUME may go on. */
    private boolean resumeFault(GatewayConnection connection, GatewaySession session) {
        int shardId = session.shardId();
        int shardCount = session.shardCount();
        if (faults.strike(Fault.RESUME_STALL, shardId, shardCount) != FaultRules.NONE) {
            return false;
        }
        if (faults.strike(Fault.RESUME_RESET, shardId, shardCount) != FaultRules.NONE) {
            connection.socket().reset();
            return false;
        }
        if (faults.strike(Fault.RESUME_RECONNECT, shardId, shardCount) != FaultRules.NONE) {
            connection.control(7, "null");
            return false;
        }
        long code = faults.strike(Fault.RESUME_CLOSE, shardId, shardCount);
        if (code != FaultRules.NONE) {
            connection.close((int) code, "simulated");
            return false;
        }
        long resumable = faults.strike(Fault.RESUME_INVALID_SESSION, shardId, shardCount);
        if (resumable != FaultRules.NONE) {
            if (resumable != 1) {
                counters.refusedResumes++;
                discard(session);
            }
            connection.invalidSession(resumable == 1);
            return false;
        }
        return true;
    }

    // ---- the life of sessions ----

    /** The connection is gone; the session's clock starts. */
    void detached(GatewaySession session, GatewayConnection connection) {
        if (session.connection() == connection && session.alive()) {
            session.detach(reactor.after(settings.sessionTimeout(), () -> discard(session)));
        }
    }

    /** The client closed with 1000 or 1001: the session ends, and what it missed is the client's affair. */
    void endedByClient(GatewayConnection connection) {
        GatewaySession session = connection.session();
        if (session != null && session.alive() && session.connection() == null) {
            counters.sessionsEndedByClient++;
            remove(session);
        }
    }

    /** Live op 9 false: no more dispatches; what was sent before may still arrive. */
    void condemn(GatewaySession session) {
        counters.sessionsDiscarded++;
        remove(session);
    }

    /** The connection of a condemned session ended; an orderly client has read all that was sent. */
    void settle(GatewaySession session, boolean orderly) {
        if (!orderly) {
            giveUp(session);
        }
    }

    private void discard(GatewaySession session) {
        if (session.alive()) {
            counters.sessionsDiscarded++;
            remove(session);
            giveUp(session);
        }
    }

    private void remove(GatewaySession session) {
        session.died();
        sessions.remove(session.id());
        commands.presences().remove(session.id());
        List<List<GatewaySession>> shards = routes.get(session.shardCount());
        if (shards != null) {
            shards.get(session.shardId()).remove(session);
            if (shards.stream().allMatch(List::isEmpty)) {
                routes.remove(session.shardCount());
            }
        }
    }

    /** Tells the ledger what nobody can get any more, unless another session holds it too. */
    private void giveUp(GatewaySession session) {
        session.unacknowledged().drain((sequence, guildId, number, eventOrder) -> {
            for (List<List<GatewaySession>> shards : routes.values()) {
                int shard = guildId == 0 ? 0 : World.shardOf(guildId, shards.size());
                for (GatewaySession other : shards.get(shard)) {
                    if (other.createdAtOrder() < eventOrder) {
                        return;
                    }
                }
            }
            ledger.discard(session.id(), sequence, guildId, number);
        });
    }

    // ---- events ----

    /** A snowflake of this moment. See Discord Docs/Reference, Snowflakes. */
    private long nextId() {
        lastId = Math.max(lastId + 1, (Ticks.wallMillis() - DISCORD_EPOCH_MILLIS) << 22);
        return lastId;
    }

    /** Makes one event from the template, for that guild, and counts it in the ledger. */
    public int emit(EventTemplate template, long guildId) {
        EventKind kind = kinds.of(template.type());
        route(kind, guildId);
        if (targets.isEmpty()) {
            ledger.noteUnowed();
            return 0;
        }
        order++;
        int number = ledger.owe(guildId, ledger.typeId(template.type()));
        long id = nextId();
        byte[] full = null;
        byte[] bare = null;
        if (template.type().equals("INTERACTION_CREATE")) {
            interactions.happened(Long.toString(id), "simulated-interaction-token-" + id);
        }
        int count = targets.size();
        for (int i = 0; i < count; i++) {
            GatewaySession session = targets.get(i);
            byte[] d;
            if (!template.hasContent() || (session.intents() & Intents.MESSAGE_CONTENT) != 0) {
                if (full == null) {
                    full = template.render(renderScratch, guildId, id, ledger.run(), number, true);
                }
                d = full;
            } else {
                if (bare == null) {
                    bare = template.render(renderScratch, guildId, id, ledger.run(), number, false);
                }
                d = bare;
            }
            send(session, kind, d, guildId, number);
        }
        return count;
    }

    /**
     * Dispatches a given {@code d} to every session whose shard and intents match; not counted in the ledger.
     * Returns how many sessions got it.
     */
    public int dispatch(String type, byte[] d) {
        JsonNode tree = JSON.readTree(d);
        long guildId = guildOf(type, tree);
        EventKind kind = kinds.of(type);
        route(kind, guildId);
        if (type.equals("INTERACTION_CREATE")) {
            interactions.happened(
                    tree.path("id").asString(""), tree.path("token").asString(""));
        }
        order++;
        int count = targets.size();
        byte[] bare = null;
        for (int i = 0; i < count; i++) {
            GatewaySession session = targets.get(i);
            boolean hide = guildId != 0
                    && (session.intents() & Intents.MESSAGE_CONTENT) == 0
                    && (type.equals("MESSAGE_CREATE") || type.equals("MESSAGE_UPDATE"))
                    && tree.isObject();
            if (hide && bare == null) {
                bare = JSON.writeValueAsBytes(MessageContent.withoutContent((ObjectNode) tree));
            }
            send(session, kind, hide && bare != null ? bare : d, guildId, 0);
        }
        return count;
    }

    /** Dispatches whatever is given to the matching shards, without looking at guild or intents. */
    public int dispatchTo(ShardFilter shards, String type, byte[] d) {
        EventKind kind = kinds.of(type);
        int count = 0;
        for (GatewaySession session : List.copyOf(sessions.values())) {
            if (shards.matches(session.shardId(), session.shardCount())) {
                send(session, kind, d, 0, 0);
                count++;
            }
        }
        return count;
    }

    void toSession(GatewaySession session, String type, long guildId, byte[] d) {
        if (session.alive()) {
            send(session, kinds.of(type), d, guildId, 0);
        }
    }

    void toGuild(String type, long guildId, byte[] d) {
        EventKind kind = kinds.of(type);
        route(kind, guildId);
        int count = targets.size();
        for (int i = 0; i < count; i++) {
            send(targets.get(i), kind, d, guildId, 0);
        }
    }

    private static long guildOf(String type, JsonNode d) {
        JsonNode id = d.path("guild_id");
        if (id.isMissingNode() || id.isNull()) {
            boolean own = type.equals("GUILD_CREATE") || type.equals("GUILD_UPDATE") || type.equals("GUILD_DELETE");
            id = own ? d.path("id") : id;
        }
        String text = id.asString("");
        return text.matches("\\d{1,20}") ? Long.parseUnsignedLong(text) : 0;
    }

    private void route(EventKind kind, long guildId) {
        targets.clear();
        boolean inGuild = guildId != 0;
        for (List<List<GatewaySession>> shards : routes.values()) {
            int shard = inGuild && !kind.onlyShardZero() ? World.shardOf(guildId, shards.size()) : 0;
            List<GatewaySession> there = shards.get(shard);
            for (int i = 0; i < there.size(); i++) {
                GatewaySession session = there.get(i);
                if (session.wants(kind, inGuild)) {
                    targets.add(session);
                }
            }
        }
    }

    private void send(GatewaySession session, EventKind kind, byte[] d, long guildId, int number) {
        if (!session.alive()) {
            return;
        }
        if (!faults.none()) {
            long gap = faults.strike(Fault.SEQUENCE_GAP, session.shardId(), session.shardCount());
            if (gap != FaultRules.NONE) {
                session.skipSequences(gap);
            }
        }
        counters.dispatches++;
        Dispatch dispatch = session.record(kind, d, guildId, number, order);
        if (dispatch == null) {
            discard(session);
            return;
        }
        GatewayConnection connection = session.connection();
        if (connection != null) {
            connection.dispatch(dispatch);
        }
    }

    // ---- switches ----

    /** Acts on each connection of the matching shards that is logged in; returns how many there were. */
    int onConnections(ShardFilter shards, Consumer<GatewayConnection> action) {
        int count = 0;
        for (GatewayConnection connection : List.copyOf(connections)) {
            if (connection.session() != null && shards.matches(connection.shardId(), connection.shardCount())) {
                action.accept(connection);
                count++;
            }
        }
        return count;
    }

    /** Closes with a close frame. */
    public int close(ShardFilter shards, int code, String reason) {
        return onConnections(shards, connection -> connection.close(code, reason));
    }

    /** TCP reset. */
    public int reset(ShardFilter shards) {
        return onConnections(shards, connection -> connection.socket().reset());
    }

    /** Closes TCP without a close frame. */
    public int drop(ShardFilter shards) {
        return onConnections(shards, connection -> connection.socket().drop());
    }

    /** Half-open: stops reading and writing, keeps TCP. */
    public int freeze(ShardFilter shards, boolean frozen) {
        return onConnections(shards, connection -> connection.freeze(frozen));
    }

    /** Stops reading only. */
    public int pauseReading(ShardFilter shards, boolean paused) {
        return onConnections(shards, connection -> connection.socket().pauseReading(paused));
    }

    /** Op 7, and with {@code closeAfter} a close with 4000 later if the client stays. */
    public int reconnect(ShardFilter shards, @Nullable Duration closeAfter) {
        return onConnections(shards, connection -> {
            connection.control(7, "null");
            if (closeAfter != null) {
                reactor.after(closeAfter, () -> connection.close(4000, "Reconnect."));
            }
        });
    }

    /** Op 9 on live sessions. */
    public int invalidSession(ShardFilter shards, boolean resumable) {
        return onConnections(shards, connection -> connection.invalidSession(resumable));
    }

    /** Op 1. */
    public int requestHeartbeat(ShardFilter shards) {
        return onConnections(shards, connection -> connection.control(1, "null"));
    }

    /** Any text as a gateway message. */
    public int raw(ShardFilter shards, String json) {
        return onConnections(shards, connection -> connection.raw(json));
    }

    /** Forgets sessions, connected or not, without telling the client. */
    public int expire(ShardFilter shards) {
        int count = 0;
        for (GatewaySession session : List.copyOf(sessions.values())) {
            if (shards.matches(session.shardId(), session.shardCount())) {
                discard(session);
                count++;
            }
        }
        return count;
    }

    public void budget(int total, int remaining) {
        identifyLimits.budget(total, remaining);
        tokenReset = false;
    }

    public void invalidateEveryNthIdentify(int n) {
        invalidateEveryNth = n;
    }

    /** Added to every retry_after: a clock that runs wrong. */
    public void retryAfterSkew(Duration skew) {
        retryAfterSkew = skew;
    }

    public Duration retryAfterSkew() {
        return retryAfterSkew;
    }

    /** Whether the token is still good. */
    public boolean authorized(String token) {
        return !tokenReset && settings.token().equals(token);
    }

    public int identifiesRemaining() {
        return identifyLimits.remaining(Ticks.now());
    }

    public int identifiesTotal() {
        return identifyLimits.total();
    }

    public long budgetResetAfterMillis() {
        return identifyLimits.resetAfterMillis(Ticks.now());
    }

    public Map<String, String> presences() {
        return new HashMap<>(commands.presences());
    }

    public Stats stats() {
        return new Stats(
                counters.connections,
                counters.identifies,
                counters.identifyViolations,
                counters.resumes,
                counters.refusedResumes,
                counters.stolenSessions,
                counters.sessionsEndedByClient,
                counters.sessionsDiscarded,
                counters.dispatches,
                counters.replayed,
                counters.heartbeats,
                counters.zombies,
                counters.sendLimitViolations,
                counters.droppedPresences);
    }

    public List<SessionView> sessions() {
        List<SessionView> views = new ArrayList<>();
        for (GatewaySession session : sessions.values()) {
            GatewayConnection connection = session.connection();
            views.add(new SessionView(
                    session.id(),
                    session.shardId(),
                    session.shardCount(),
                    session.intents(),
                    session.sequence(),
                    connection != null,
                    connection == null ? "none" : connection.compression(),
                    session.replaySize()));
        }
        return views;
    }
}
