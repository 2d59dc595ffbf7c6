package dev.shardline.simulator.world;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The guilds the bot is in.
 *
 * <p>Guild {@code i} has the id {@code (195000000000 + i) << 22 | 1}, so that consecutive guilds fall on consecutive
 * shards whatever the shard count. Each guild has one text channel, {@link #textChannelOf}. Ids may be added and
 * removed; not thread-safe, the reactor's thread owns it.
 */
public final class World {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long FIRST = 195_000_000_000L;
    private static final int GUILD_TEXT = 0;

    private final List<Long> guilds = new ArrayList<>();
    private final Set<Long> members = new HashSet<>();
    private final ConcurrentHashMap<Long, byte[]> ownCreates = new ConcurrentHashMap<>();
    private final String template;

    /**
     * @param guildCount how many guilds exist
     * @param sample the sample that GUILD_CREATE is made from: {@code GUILD_CREATE} (119 kB) or
     *     {@code variants/GUILD_CREATE.minimal} (2 kB)
     */
    public World(int guildCount, String sample) {
        for (int i = 0; i < guildCount; i++) {
            guilds.add(guildId(i));
            members.add(guildId(i));
        }
        ObjectNode guild = (ObjectNode) Payloads.tree(sample);
        String id = guild.path("id").asString();
        ArrayNode channels = guild.withArray("channels");
        channels.add(channel());
        guild.put("unavailable", false);
        template = JSON.writeValueAsString(guild).replace(id, "@GUILD@");
    }

    private static JsonNode channel() {
        ObjectNode channel = JSON.createObjectNode();
        channel.put("type", GUILD_TEXT);
        channel.put("position", 0);
        channel.putArray("permission_overwrites");
        channel.put("name", "simulated");
        channel.put("id", "@CHANNEL@");
        channel.put("flags", 0);
        return channel;
    }

    /** The id of the guild with that index. */
    public static long guildId(int index) {
        return ((FIRST + index) << 22) | 1;
    }

    /** The id of the guild's one text channel. */
    public static long textChannelOf(long guildId) {
        return guildId + 1;
    }

    /** Whether the bot is in the guild. */
    public boolean contains(long guildId) {
        return members.contains(guildId);
    }

    /** All guild ids. */
    public List<Long> guilds() {
        return guilds;
    }

    /** Adds a guild, with a GUILD_CREATE of its own when {@code create} is not empty. */
    public void add(long guildId, byte[] create) {
        if (create.length > 0) {
            ownCreates.put(guildId, create);
        }
        if (members.add(guildId)) {
            guilds.add(guildId);
        }
    }

    public void remove(long guildId) {
        if (members.remove(guildId)) {
            guilds.remove(guildId);
        }
        ownCreates.remove(guildId);
    }

    /** The guilds of one shard, in order. */
    public List<Long> guildsOf(int shardId, int shardCount) {
        List<Long> own = new ArrayList<>();
        for (long guild : guilds) {
            if (shardOf(guild, shardCount) == shardId) {
                own.add(guild);
            }
        }
        return own;
    }

    /** See Discord Docs/Gateway, "Sharding Formula". */
    public static int shardOf(long guildId, int shardCount) {
        return (int) Long.remainderUnsigned(guildId >>> 22, shardCount);
    }

    /** The {@code d} of the guild's GUILD_CREATE. */
    public byte[] guildCreate(long guildId) {
        byte[] own = ownCreates.get(guildId);
        if (own != null) {
            return own;
        }
        return template.replace("@GUILD@", Long.toUnsignedString(guildId))
                .replace("@CHANNEL@", Long.toUnsignedString(textChannelOf(guildId)))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The {@code d} of a GUILD_CREATE that is at least {@code size} bytes long, padded by members. */
    public byte[] largeGuildCreate(long guildId, int size) {
        ObjectNode guild = (ObjectNode) JSON.readTree(guildCreate(guildId));
        ArrayNode members = guild.withArray("members");
        JsonNode model = members.get(0);
        int each = JSON.writeValueAsBytes(model).length + 1;
        int missing = Math.max(0, size - JSON.writeValueAsBytes(guild).length);
        for (int i = 0; i <= missing / each; i++) {
            ObjectNode member = (ObjectNode) model.deepCopy();
            ((ObjectNode) member.get("user")).put("id", Long.toString(((FIRST + i) << 22) | 3));
            members.add(member);
        }
        guild.put("member_count", members.size());
        return JSON.writeValueAsBytes(guild);
    }
}
