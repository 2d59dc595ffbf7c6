package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.MemberRequest;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.shard.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks for members: op 8, answered by GUILD_MEMBERS_CHUNKs that carry our nonce.
 *
 * <p>Callers who ask the same of the same guild share one request, for Discord allows an all-members request once per
 * guild and 30 seconds only. Who comes late gets the chunks that were there before, unless they were too many to keep.
 * Chunks go to the callers as they come; this process never holds a whole big guild. Confined to the command thread.
 */
final class MembersHandler implements CommandHandler {
    /** What is kept for those who come late. */
    private static final int MOST_KEPT_BYTES = 8 << 20;

    private final CommandShards shards;
    private final Questions questions;
    private final CommandLoop loop;
    private final Map<Key, Shared> running = new HashMap<>();
    private long nonces;

    MembersHandler(CommandShards shards, Questions questions, CommandLoop loop) {
        this.shards = shards;
        this.questions = questions;
        this.loop = loop;
    }

    @Override
    public String type() {
        return CommandTypes.REQUEST_GUILD_MEMBERS;
    }

    @Override
    public CompletionStage<Answer> handle(Invocation invocation) {
        String guild = Targets.guild(invocation);
        MemberRequest request = MemberRequest.parse(invocation.command().payload());
        if (request.wantsEverybody()) {
            Intents.require(shards, Intents.GUILD_MEMBERS, "GUILD_MEMBERS", "asking for every member");
        }
        if (request.presences()) {
            Intents.require(shards, Intents.GUILD_PRESENCES, "GUILD_PRESENCES", "asking for presences");
        }
        Key key = new Key(guild, request);
        Shared shared = running.get(key);
        if (shared == null || !shared.join(invocation)) {
            shared = new Shared(key, invocation);
            running.put(key, shared);
            shared.start(invocation.shards().get(0), invocation.command().deadline());
        }
        return shared.answer(key);
    }

    private String nextNonce() {
        // At most 32 bytes, or Discord ignores it; two processes must not choose the same one.
        return Long.toString(loop.millis(), 36) + '-' + Long.toString(nonces++, 36);
    }

    private record Key(String guild, MemberRequest request) {}

    /** One request to Discord and everybody who waits for it. */
    private final class Shared implements Question {
        private final Key key;
        private final List<Invocation> callers = new ArrayList<>();
        private final List<RawJson> kept = new ArrayList<>();
        private int keptBytes;
        private String nonce = "";
        private int expected;
        private Questions.@Nullable Pending pending;

        Shared(Key key, Invocation first) {
            this.key = key;
            callers.add(first);
        }

        void start(int shard, long deadline) {
            pending = questions.open(shard, deadline, this);
        }

        boolean join(Invocation caller) {
            if (pending == null || keptBytes > MOST_KEPT_BYTES) {
                return false;
            }
            kept.forEach(caller::partial);
            callers.add(caller);
            pending.putOff(caller.command().deadline());
            return true;
        }

        CompletionStage<Answer> answer(Key asked) {
            if (pending == null) {
                throw new IllegalStateException("a request that was not sent: " + asked);
            }
            return pending.future.whenComplete((answer, failure) -> running.remove(asked, this));
        }

        @Override
        public Set<String> guilds() {
            return Set.of(key.guild);
        }

        @Override
        public byte[] ask() {
            nonce = nextNonce();
            expected = 0;
            kept.clear();
            keptBytes = 0;
            callers.forEach(Invocation::restart);
            ObjectNode d = key.request.toJson();
            d.put("guild_id", key.guild);
            d.put("nonce", nonce);
            return Payloads.of(Payloads.GUILD_MEMBERS, d);
        }

        @Override
        public @Nullable Answer onDispatch(Dispatch dispatch) {
            if (dispatch.type().equals("RATE_LIMITED")) {
                return onRateLimited(RawJson.of(dispatch.data()).tree());
            }
            if (!dispatch.type().equals("GUILD_MEMBERS_CHUNK")) {
                return null;
            }
            MembersChunk chunk = MembersChunk.read(dispatch.data());
            if (!nonce.equals(chunk.nonce()) || chunk.index() < expected) {
                return null;
            }
            expected = chunk.index() + 1;
            List<RawJson> parts = chunk.parts();
            RawJson lastPart = parts.get(parts.size() - 1);
            parts.subList(0, parts.size() - 1).forEach(this::pass);
            if (chunk.isLast()) {
                return Answer.result(chunk.count() + (chunk.count() == 1 ? " chunk" : " chunks"), lastPart);
            }
            pass(lastPart);
            return null;
        }

        private void pass(RawJson part) {
            keptBytes += part.bytes().length;
            if (keptBytes > MOST_KEPT_BYTES) {
                kept.clear();
            } else {
                kept.add(part);
            }
            callers.forEach(caller -> caller.partial(part));
        }

        private @Nullable Answer onRateLimited(JsonNode d) {
            if (d.path("opcode").asInt(-1) != Payloads.GUILD_MEMBERS
                    || !nonce.equals(d.path("meta").path("nonce").asString(""))) {
                return null;
            }
            Duration retryAfter =
                    Duration.ofMillis((long) Math.ceil(d.path("retry_after").asDouble(30) * 1000));
            return Answer.rateLimited(
                    "Discord allows one request for all members per guild and 30 seconds: try again in "
                            + retryAfter.toMillis() + " ms",
                    retryAfter);
        }

        @Override
        public Answer onDeadline() {
            return Answer.of(
                    Outcome.EXPIRED,
                    expected == 0
                            ? "Discord sent no members of guild " + key.guild + " in time: is the bot in it?"
                            : "only " + expected + " chunks came in time: give the command a later deadline");
        }
    }
}
