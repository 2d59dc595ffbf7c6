package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.CommandTypes;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.PayloadReader;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks for the soundboard sounds of guilds: op 31, answered by one SOUNDBOARD_SOUNDS per guild. */
final class SoundboardHandler implements CommandHandler {
    /** Keeps the answer well below what a broker takes: 100 guilds have at most 4,800 sounds. */
    private static final int MOST_GUILDS = 100;

    private final CommandShards shards;
    private final Questions questions;

    SoundboardHandler(CommandShards shards, Questions questions) {
        this.shards = shards;
        this.questions = questions;
    }

    @Override
    public String type() {
        return CommandTypes.REQUEST_SOUNDBOARD_SOUNDS;
    }

    @Override
    public CompletionStage<Answer> handle(Invocation invocation) {
        Targets.require(invocation, Target.Kind.GUILD, Target.Kind.ALL);
        PayloadReader reader = PayloadReader.of(invocation.command());
        Set<String> wanted = new LinkedHashSet<>(reader.optionalIds("guild_ids", MOST_GUILDS));
        reader.end();
        Target target = invocation.command().target();
        if (target.id() != null && wanted.isEmpty()) {
            wanted.add(target.id());
        }
        if (wanted.isEmpty()) {
            throw new InvalidCommandException(
                    "payload.guild_ids is missing: it must be 1 to " + MOST_GUILDS + " guilds with the target all");
        }
        Map<Integer, Set<String>> byShard = new TreeMap<>();
        for (String guild : wanted) {
            int owner = ShardId.owning(Long.parseUnsignedLong(guild), shards.total())
                    .id();
            if (invocation.shards().contains(owner)) {
                byShard.computeIfAbsent(owner, key -> new LinkedHashSet<>()).add(guild);
            } else if (target.kind() == Target.Kind.GUILD) {
                throw new InvalidCommandException("payload.guild_ids names guild " + guild + " of shard " + owner
                        + ", the target is on shard " + invocation.shards().get(0) + ": use the target all");
            }
        }
        CompletionStage<List<Answer>> all = CompletableFuture.completedFuture(new ArrayList<>());
        Map<String, Dispatch> found = new LinkedHashMap<>();
        for (Map.Entry<Integer, Set<String>> entry : byShard.entrySet()) {
            CompletionStage<Answer> one =
                    questions.ask(entry.getKey(), invocation.command().deadline(), new Sounds(entry.getValue(), found));
            all = all.thenCombine(one, (list, answer) -> {
                list.add(answer);
                return list;
            });
        }
        return all.thenApply(answers -> sumUp(answers, found));
    }

    private static Answer sumUp(List<Answer> answers, Map<String, Dispatch> found) {
        ObjectNode root = CommandCodec.object();
        ArrayNode guilds = root.putArray("guilds");
        found.values()
                .forEach(dispatch -> guilds.add(RawJson.of(dispatch.data()).tree()));
        for (Answer answer : answers) {
            if (answer.outcome() != Outcome.RESULT) {
                return new Answer(answer.outcome(), answer.text(), answer.retryAfter(), RawJson.of(root));
            }
        }
        return Answer.result("sounds of " + found.size() + " guilds", RawJson.of(root));
    }

    /** The guilds of one shard. */
    private record Sounds(Set<String> guilds, Map<String, Dispatch> found) implements Question {
        @Override
        public byte[] ask() {
            ObjectNode d = CommandCodec.object();
            ArrayNode ids = d.putArray("guild_ids");
            guilds.stream().filter(guild -> !found.containsKey(guild)).forEach(ids::add);
            return Payloads.of(Payloads.SOUNDBOARD_SOUNDS, d);
        }

        @Override
        public @Nullable Answer onDispatch(Dispatch dispatch) {
            String guild = dispatch.guildId();
            if (guild == null || !dispatch.type().equals("SOUNDBOARD_SOUNDS")) {
                return null;
            }
            found.put(guild, dispatch);
            return found.keySet().containsAll(guilds) ? Answer.of(Outcome.RESULT, "all guilds answered") : null;
        }

        @Override
        public Answer onDeadline() {
            List<String> silent =
                    guilds.stream().filter(guild -> !found.containsKey(guild)).toList();
            return Answer.of(
                    Outcome.EXPIRED,
                    "Discord sent no SOUNDBOARD_SOUNDS in time for " + String.join(", ", silent)
                            + ": is the bot in it? The result has the others");
        }
    }
}
