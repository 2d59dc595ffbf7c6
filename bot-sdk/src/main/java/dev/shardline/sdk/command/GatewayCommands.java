package dev.shardline.sdk.command;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.MemberRequest;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Target;
import dev.shardline.sdk.address.ClusterFactory;
import dev.shardline.sdk.time.SystemTimers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has the gateway do things: presence, voice, members, and what concerns the cluster.
 *
 * <pre>{@code
 * try (GatewayCommands gateway = GatewayCommands.connect("amqp://localhost")) {
 *     gateway.updatePresence(Presence.playing("chess")).toCompletableFuture().join();
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads; no method blocks. Every stage completes by the command's deadline (default 10 s) plus
 * a second at most, on a thread of the common pool. The typed methods complete exceptionally with
 * {@link CommandFailedException} when the command was not done; {@link #send} returns every outcome as a value. When the
 * connection is lost, commands without an answer are sent again on the next one, and still done once. It connects when
 * first used.
 */
public final class GatewayCommands implements AutoCloseable {
    /** What {@link #withTimeout} starts from. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    /** The gateway refuses more. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    private final CommandLink link;
    private final SystemTimers timers;
    private final Duration timeout;

    private GatewayCommands(CommandLink link, SystemTimers timers, Duration timeout) {
        this.link = link;
        this.timers = timers;
        this.timeout = timeout;
    }

    /**
     * By an AMQP address, or by several of one cluster, separated by commas, of which any one is used.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static GatewayCommands connect(String uri) {
        return connect(ClusterFactory.of(uri));
    }

    /** By a factory, of which a copy is used. */
    public static GatewayCommands connect(ConnectionFactory factory) {
        SystemTimers timers = new SystemTimers("shardline-command-timers");
        return new GatewayCommands(new CommandLink(factory, timers), timers, DEFAULT_TIMEOUT);
    }

    /**
     * The same commands with another deadline, over the same connection; closing either closes both.
     *
     * @param longest how long a command may take, above 0 and at most 10 minutes
     */
    public GatewayCommands withTimeout(Duration longest) {
        if (longest.isNegative() || longest.isZero() || longest.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "timeout must be above 0 and at most " + LONGEST_TIMEOUT + ", was " + longest);
        }
        return new GatewayCommands(link, timers, longest);
    }

    /** Sets what every shard shows, also after reconnects. Op 3; Discord allows 5 in 20 seconds. */
    public CompletionStage<CommandReply> updatePresence(Presence presence) {
        return done(Target.all(), CommandTypes.UPDATE_PRESENCE, presence.toJson());
    }

    /** Sets what one shard shows. */
    public CompletionStage<CommandReply> updatePresence(int shard, Presence presence) {
        return done(Target.shard(shard), CommandTypes.UPDATE_PRESENCE, presence.toJson());
    }

    /** Joins a voice channel, or moves there; not muted, not deafened. Op 4; needs the intent GUILD_VOICE_STATES. */
    public CompletionStage<VoiceConnection> joinVoice(long guildId, long channelId) {
        return joinVoice(guildId, channelId, false, false);
    }

    /** Joins a voice channel, or moves there. */
    public CompletionStage<VoiceConnection> joinVoice(long guildId, long channelId, boolean mute, boolean deaf) {
        ObjectNode payload = CommandCodec.object();
        payload.put("channel_id", Long.toUnsignedString(channelId));
        payload.put("self_mute", mute);
        payload.put("self_deaf", deaf);
        return result(Target.guild(guildId), CommandTypes.UPDATE_VOICE_STATE, payload)
                .thenApply(VoiceConnection::of);
    }

    /** Leaves voice in a guild; done once it is sent. */
    public CompletionStage<CommandReply> leaveVoice(long guildId) {
        ObjectNode payload = CommandCodec.object();
        payload.putNull("channel_id");
        return done(Target.guild(guildId), CommandTypes.UPDATE_VOICE_STATE, payload);
    }

    /** Asks for members and puts all chunks together. For big guilds use {@link #streamMembers} and a longer timeout. */
    public CompletionStage<Members> requestMembers(long guildId, MemberRequest request) {
        return done(Target.guild(guildId), CommandTypes.REQUEST_GUILD_MEMBERS, request.toJson())
                .thenApply(reply -> Members.of(reply.results()));
    }

    /** Asks for members and passes the chunks on as they come, without keeping them. */
    public CompletionStage<CommandReply> streamMembers(long guildId, MemberRequest request, MemberChunks chunks) {
        return start(Target.guild(guildId), CommandTypes.REQUEST_GUILD_MEMBERS, request.toJson(), chunks::chunk)
                .thenApply(CommandReply::orThrow);
    }

    /**
     * Asks for the soundboard sounds of at most 100 guilds, wherever they are. Op 31.
     *
     * @return by guild id, the {@code d} of SOUNDBOARD_SOUNDS
     */
    public CompletionStage<Map<String, JsonNode>> requestSoundboardSounds(Collection<Long> guildIds) {
        ObjectNode payload = CommandCodec.object();
        ArrayNode ids = payload.putArray("guild_ids");
        guildIds.forEach(id -> ids.add(Long.toUnsignedString(id)));
        return done(Target.all(), CommandTypes.REQUEST_SOUNDBOARD_SOUNDS, payload)
                .thenApply(reply -> {
                    Map<String, JsonNode> sounds = new LinkedHashMap<>();
                    for (RawJson result : reply.results()) {
                        result.tree()
                                .path("guilds")
                                .forEach(d -> sounds.put(d.path("guild_id").asString(""), d));
                    }
                    return sounds;
                });
    }

    /**
     * Asks for status and start time of a guild's voice channels. Op 43.
     *
     * @return the {@code d} of CHANNEL_INFO
     */
    public CompletionStage<JsonNode> requestChannelInfo(long guildId) {
        return result(Target.guild(guildId), CommandTypes.REQUEST_CHANNEL_INFO, CommandCodec.object())
                .thenApply(RawJson::tree);
    }

    /**
     * Sends a payload that there is no method for.
     *
     * @param target shard, guild or all
     * @param op not one that the gateway needs itself: 1, 2, 3, 6, or that only Discord sends
     */
    public CompletionStage<CommandReply> sendPayload(Target target, int op, JsonNode d) {
        ObjectNode payload = CommandCodec.object();
        payload.put("op", op);
        payload.set("d", d);
        return done(target, CommandTypes.SEND_PAYLOAD, payload);
    }

    /** What every shard of the cluster is doing: {@code total}, {@code serving} and {@code shards}. */
    public CompletionStage<JsonNode> status() {
        return result(Target.cluster(), CommandTypes.STATUS, CommandCodec.object())
                .thenApply(RawJson::tree);
    }

    /** Which shard owns a guild. */
    public CompletionStage<ShardLocation> locateGuild(long guildId) {
        ObjectNode payload = CommandCodec.object();
        payload.put("guild_id", Long.toUnsignedString(guildId));
        return result(Target.cluster(), CommandTypes.LOCATE_GUILD, payload).thenApply(ShardLocation::of);
    }

    /**
     * Reconnects a shard.
     *
     * @param fresh false to RESUME, which loses nothing; true to IDENTIFY, which spends from the daily budget
     */
    public CompletionStage<CommandReply> restartShard(int shard, boolean fresh) {
        ObjectNode payload = CommandCodec.object();
        payload.put("fresh", fresh);
        return done(Target.shard(shard), CommandTypes.RESTART_SHARD, payload);
    }

    /** Hands a shard to another worker; INVALID where there is only one. */
    public CompletionStage<CommandReply> moveShard(int shard, int worker) {
        ObjectNode payload = CommandCodec.object();
        payload.put("shard", shard);
        payload.put("worker", worker);
        return done(Target.cluster(), CommandTypes.MOVE_SHARD, payload);
    }

    /** Begins a change of the shard count, or with {@code dryRun} only checks it. */
    public CompletionStage<CommandReply> startReshard(int shards, boolean dryRun) {
        ObjectNode payload = CommandCodec.object();
        payload.put("shards", shards);
        payload.put("dry_run", dryRun);
        return done(Target.cluster(), CommandTypes.RESHARD_START, payload);
    }

    /** How far the change of the shard count is. */
    public CompletionStage<CommandReply> reshardStatus() {
        return done(Target.cluster(), CommandTypes.RESHARD_STATUS, CommandCodec.object());
    }

    /** Gives the change of the shard count up. */
    public CompletionStage<CommandReply> abortReshard() {
        return done(Target.cluster(), CommandTypes.RESHARD_ABORT, CommandCodec.object());
    }

    /** Hands all shards of a worker to others. */
    public CompletionStage<CommandReply> drainWorker(int worker) {
        ObjectNode payload = CommandCodec.object();
        payload.put("worker", worker);
        return done(Target.cluster(), CommandTypes.DRAIN_WORKER, payload);
    }

    /**
     * Changes the level of a logger in every gateway.
     *
     * @param level TRACE, DEBUG, INFO, WARN, ERROR or OFF
     */
    public CompletionStage<CommandReply> setLogLevel(String logger, String level) {
        ObjectNode payload = CommandCodec.object();
        payload.put("logger", logger);
        payload.put("level", level);
        return done(Target.all(), CommandTypes.SET_LOG_LEVEL, payload);
    }

    /**
     * Sends any command, also one that an extension of the gateway brought, and returns its outcome whatever it is.
     *
     * @throws dev.shardline.contract.command.InvalidCommandException at once, when it is bigger than a command may be
     */
    public CompletionStage<CommandReply> send(Target target, String type, ObjectNode payload) {
        return start(target, type, payload, PartListener.NONE);
    }

    private CompletionStage<CommandReply> done(Target target, String type, ObjectNode payload) {
        return send(target, type, payload).thenApply(CommandReply::orThrow);
    }

    private CompletionStage<RawJson> result(Target target, String type, ObjectNode payload) {
        return done(target, type, payload).thenApply(reply -> {
            if (reply.results().isEmpty()) {
                throw new IllegalStateException(type + " was answered without a result: " + reply.text());
            }
            return reply.results().get(0);
        });
    }

    private CompletionStage<CommandReply> start(Target target, String type, ObjectNode payload, PartListener listener) {
        Command command = new Command(
                UUID.randomUUID().toString(), type, target, timers.epochMillis() + timeout.toMillis(), payload);
        Pending pending = new Pending(command, CommandCodec.encode(command), listener);
        link.send(pending);
        return pending.future();
    }

    /** Fails what still waits with a {@link IllegalStateException}, and disconnects. */
    @Override
    public void close() {
        link.close();
        timers.close();
    }
}
