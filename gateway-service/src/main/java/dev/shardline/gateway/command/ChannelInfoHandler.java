package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.shard.Dispatch;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks for status and start time of a guild's voice channels: op 43, answered by CHANNEL_INFO. */
final class ChannelInfoHandler implements CommandHandler {
    private static final List<String> FIELDS = List.of("status", "voice_start_time");

    private final Questions questions;

    ChannelInfoHandler(Questions questions) {
        this.questions = questions;
    }

    @Override
    public String type() {
        return CommandTypes.REQUEST_CHANNEL_INFO;
    }

    @Override
    public CompletionStage<Answer> handle(Invocation invocation) {
        String guild = Targets.guild(invocation);
        PayloadReader reader = PayloadReader.of(invocation.command());
        Set<String> fields = new LinkedHashSet<>();
        for (JsonNode field : reader.list("fields", FIELDS.size())) {
            if (!field.isString() || !FIELDS.contains(field.stringValue())) {
                throw reader.wrong("fields", field, "a list of status and voice_start_time");
            }
            fields.add(field.stringValue());
        }
        reader.end();
        ObjectNode d = CommandCodec.object();
        d.put("guild_id", guild);
        (fields.isEmpty() ? FIELDS : fields).forEach(d.putArray("fields")::add);
        byte[] payload = Payloads.of(Payloads.CHANNEL_INFO, d);
        return questions.ask(
                invocation.shards().get(0), invocation.command().deadline(), new ChannelInfo(guild, payload));
    }

    private record ChannelInfo(
            String guild,
            @SuppressWarnings("ArrayRecordComponent") byte[] payload) implements Question {
        @Override
        public Set<String> guilds() {
            return Set.of(guild);
        }

        @Override
        public byte[] ask() {
            return payload;
        }

        @Override
        public @Nullable Answer onDispatch(Dispatch dispatch) {
            return dispatch.type().equals("CHANNEL_INFO")
                    ? Answer.result("channels of guild " + guild, RawJson.of(dispatch.data()))
                    : null;
        }

        @Override
        public Answer onDeadline() {
            return Answer.of(
                    Outcome.EXPIRED, "Discord sent no CHANNEL_INFO for guild " + guild + " in time: is the bot in it?");
        }
    }
}
