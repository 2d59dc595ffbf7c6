package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.shard.Dispatch;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Joins, moves in and leaves voice.
 *
 * <p>A voice connection needs two dispatches, which come in any order: the bot's own VOICE_STATE_UPDATE and
 * VOICE_SERVER_UPDATE. Within a guild Discord sends no second VOICE_SERVER_UPDATE when the server stays the same; then the
 * answer at the deadline has the state only and says so. See Discord Docs/Voice Connections.
 */
final class VoiceStateHandler implements CommandHandler {
    private final CommandShards shards;
    private final Questions questions;
    private final OwnUser self;

    VoiceStateHandler(CommandShards shards, Questions questions, OwnUser self) {
        this.shards = shards;
        this.questions = questions;
        this.self = self;
    }

    @Override
    public String type() {
        return CommandTypes.UPDATE_VOICE_STATE;
    }

    @Override
    public CompletionStage<Answer> handle(Invocation invocation) {
        String guild = Targets.guild(invocation);
        PayloadReader reader = PayloadReader.of(invocation.command());
        String channel = reader.idOrNull("channel_id");
        boolean mute = reader.flag("self_mute", false);
        boolean deaf = reader.flag("self_deaf", false);
        reader.end();
        ObjectNode d = CommandCodec.object();
        d.put("guild_id", guild);
        d.put("channel_id", channel);
        d.put("self_mute", mute);
        d.put("self_deaf", deaf);
        byte[] payload = Payloads.of(Payloads.VOICE_STATE, d);
        List<Integer> ids = invocation.shards();
        long deadline = invocation.command().deadline();
        if (channel == null) {
            return ShardSends.send(shards, ids, payload, deadline);
        }
        Intents.require(shards, Intents.GUILD_VOICE_STATES, "GUILD_VOICE_STATES", "waiting for a voice connection");
        return questions.ask(ids.get(0), deadline, new Join(guild, channel, payload, self));
    }

    private static final class Join implements Question {
        private final String guild;
        private final String channel;
        private final byte[] payload;
        private final OwnUser self;
        private @Nullable Dispatch state;
        private @Nullable Dispatch server;

        Join(String guild, String channel, byte[] payload, OwnUser self) {
            this.guild = guild;
            this.channel = channel;
            this.payload = payload;
            this.self = self;
        }

        @Override
        public Set<String> guilds() {
            return Set.of(guild);
        }

        @Override
        public byte[] ask() {
            state = null;
            server = null;
            return payload;
        }

        @Override
        public @Nullable Answer onDispatch(Dispatch dispatch) {
            if (dispatch.type().equals("VOICE_STATE_UPDATE")) {
                JsonNode seen = RawJson.of(dispatch.data()).tree();
                if (channel.equals(seen.path("channel_id").asString("")) && isOwn(seen, dispatch)) {
                    state = dispatch;
                }
            } else if (dispatch.type().equals("VOICE_SERVER_UPDATE")) {
                // Without an endpoint the server is gone and the next one follows.
                if (!RawJson.of(dispatch.data()).tree().path("endpoint").isNull()) {
                    server = dispatch;
                }
            }
            return state != null && server != null ? joined() : null;
        }

        private boolean isOwn(JsonNode seen, Dispatch dispatch) {
            // Discord gives the bot's voice state the session id of the session that joined.
            return dispatch.session().equals(seen.path("session_id").asString(""))
                    || Objects.equals(self.id(), seen.path("user_id").asString(""));
        }

        private Answer joined() {
            Dispatch first = state;
            Dispatch second = server;
            ObjectNode both = CommandCodec.object();
            both.set("state", first == null ? null : RawJson.of(first.data()).tree());
            both.set("server", second == null ? null : RawJson.of(second.data()).tree());
            return Answer.result(
                    second != null
                            ? "connected to channel " + channel
                            : "in channel " + channel + "; no VOICE_SERVER_UPDATE came: if the bot was connected in"
                                    + " this guild already, the server it has is still right, else join again",
                    RawJson.of(both));
        }

        @Override
        public Answer onDeadline() {
            if (state != null) {
                return joined();
            }
            return Answer.of(
                    Outcome.EXPIRED,
                    "Discord did not confirm channel " + channel + " in guild " + guild
                            + " in time: check that the channel exists and the bot may connect to it");
        }
    }
}
