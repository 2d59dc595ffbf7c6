package dev.shardline.gateway.command;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * In which guild's voice each user is, as far as this instance has seen it: VOICE_STATE_UPDATE, and the voice states of
 * GUILD_CREATE. A bot account can be in several; then the last one counts.
 *
 * <p>Bounded: whoever has been in voice longest without a change is forgotten first. A new process knows only what it has
 * seen itself. Fed on the shards' threads, asked on the command thread.
 */
public final class VoiceGuilds {
    /** Remembers nobody. */
    public static final VoiceGuilds OFF = new VoiceGuilds(0);

    private static final Logger log = LoggerFactory.getLogger(VoiceGuilds.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long NOBODY = 0;

    private final int most;
    private final Map<Long, Long> guildOf = new LinkedHashMap<>();
    /** The same the other way round, so that an outage of thousands of guilds does not look at every user each time. */
    private final Map<Long, Set<Long>> usersIn = new HashMap<>();

    /**
     * Remembers at most so many users.
     *
     * @param most 0 to remember nobody
     */
    public VoiceGuilds(int most) {
        this.most = most;
    }

    boolean isOn() {
        return most > 0;
    }

    /** Where a user is; empty when nobody has seen. */
    OptionalLong guildOf(long user) {
        synchronized (guildOf) {
            Long guild = guildOf.get(user);
            return guild == null ? OptionalLong.empty() : OptionalLong.of(guild);
        }
    }

    /** Why a user is not known, and what can be done about it. */
    String whyUnknown(String user, boolean intent) {
        if (!isOn()) {
            return "the target user." + user + " needs a gateway that remembers who is in voice: set"
                    + " shardline.commands.voice-users, or name the guild";
        }
        if (!intent) {
            return "the target user." + user
                    + " needs the intent GUILD_VOICE_STATES, which this gateway does not identify"
                    + " with: add it to shardline.discord.intents";
        }
        return "user " + user + " is in no voice channel that this gateway has seen since it started: name the guild";
    }

    /** Learns from a dispatch, if it is one of the few that tell something. */
    void see(Dispatch dispatch) {
        if (most == 0) {
            return;
        }
        try {
            switch (dispatch.type()) {
                case "VOICE_STATE_UPDATE" -> {
                    if (dispatch.guildId() != null) {
                        try (JsonParser parser = JSON.createParser(dispatch.data())) {
                            parser.nextToken();
                            state(parser, dispatch.routeId());
                        }
                    }
                }
                case "GUILD_CREATE" -> guild(dispatch);
                case "GUILD_DELETE" -> forgetGuild(dispatch.routeId());
                case "READY" -> forgetGuildsOf(dispatch.shard());
                default -> {
                    // Says nothing about voice.
                }
            }
        } catch (JacksonException | NumberFormatException e) {
            // A shape that Discord has not had so far must not cost the shard its connection.
            log.warn("Voice states of a {} cannot be read: {}", dispatch.type(), e.getMessage());
        }
    }

    private void guild(Dispatch dispatch) {
        try (JsonParser parser = JSON.createParser(dispatch.data())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean states = parser.currentName().equals("voice_states");
                JsonToken value = parser.nextToken();
                if (states && value == JsonToken.START_ARRAY) {
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        state(parser, dispatch.routeId());
                    }
                    return;
                }
                parser.skipChildren();
            }
        }
    }

    /** Reads one voice state, from its brace to its brace. */
    private void state(JsonParser parser, long guild) {
        long user = NOBODY;
        boolean connected = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "user_id" -> user = Long.parseUnsignedLong(parser.getString());
                case "channel_id" -> connected = value != JsonToken.VALUE_NULL;
                default -> parser.skipChildren();
            }
        }
        if (user == NOBODY) {
            return;
        }
        synchronized (guildOf) {
            if (connected) {
                forget(user);
                guildOf.put(user, guild);
                usersIn.computeIfAbsent(guild, first -> new HashSet<>(2)).add(user);
                if (guildOf.size() > most) {
                    forget(guildOf.keySet().iterator().next());
                }
            } else if (Long.valueOf(guild).equals(guildOf.get(user))) {
                forget(user);
            }
        }
    }

    private void forget(long user) {
        Long guild = guildOf.remove(user);
        Set<Long> users = guild == null ? null : usersIn.get(guild);
        if (users != null && users.remove(user) && users.isEmpty()) {
            usersIn.remove(guild);
        }
    }

    private void forgetGuild(long guild) {
        synchronized (guildOf) {
            Set<Long> users = usersIn.remove(guild);
            if (users != null) {
                guildOf.keySet().removeAll(users);
            }
        }
    }

    private void forgetGuildsOf(ShardId shard) {
        synchronized (guildOf) {
            List.copyOf(usersIn.keySet()).stream()
                    .filter(guild -> ShardId.owning(guild, shard.total()).equals(shard))
                    .forEach(this::forgetGuild);
        }
    }
}
