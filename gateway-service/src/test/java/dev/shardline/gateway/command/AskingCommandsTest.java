package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.MemberRequest;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that Discord answers with dispatches: voice, members, sounds, channel info. */
class AskingCommandsTest {
    private static final Target GUILD = Target.guild(Long.parseLong(Bench.GUILD));
    private static final String CHANNEL = "1220367611406110919";
    private static final String JOIN = "{\"channel_id\":\"" + CHANNEL + "\",\"self_deaf\":true}";
    private static final String SERVER =
            "{\"token\":\"t\",\"guild_id\":\"" + Bench.GUILD + "\",\"endpoint\":\"e.discord.media:8443\"}";
    private static final String EVERYBODY = "{\"query\":\"\",\"limit\":0}";

    private final Bench bench = new Bench(16);

    private String state(String channel, String user, String session) {
        return "{\"user_id\":\"" + user + "\",\"session_id\":\"" + session + "\",\"channel_id\":\"" + channel
                + "\",\"guild_id\":\"" + Bench.GUILD + "\"}";
    }

    private static String chunk(int index, int count, String nonce, String... members) {
        return "{\"nonce\":\"" + nonce + "\",\"members\":[" + String.join(",", members) + "],\"chunk_index\":" + index
                + ",\"chunk_count\":" + count + ",\"guild_id\":\"" + Bench.GUILD + "\"}";
    }

    private String nonce() {
        return bench.shards.last().d().path("nonce").asString();
    }

    @Test
    void joiningVoiceReturnsBothHalvesInWhateverOrder() {
        Command command = bench.send("update_voice_state", GUILD, JOIN);
        bench.dispatch("VOICE_SERVER_UPDATE", SERVER);
        assertThat(bench.replies).isEmpty();
        bench.dispatch("VOICE_STATE_UPDATE", state(CHANNEL, "1", bench.session()));
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
        assertThat(bench.onlyReply().result())
                .hasToString("{\"state\":" + state(CHANNEL, "1", bench.session()) + ",\"server\":" + SERVER + "}");
        assertThat(bench.settled).containsExactly(command.id());
        assertThat(bench.questions.open()).isZero();
    }

    @Test
    void otherMembersVoiceStatesAndOtherChannelsAreNotTheAnswer() {
        bench.newSession();
        bench.send("update_voice_state", GUILD, JOIN);
        bench.dispatch("VOICE_SERVER_UPDATE", SERVER);
        bench.dispatch("VOICE_STATE_UPDATE", state(CHANNEL, "716597073537200359", "other"));
        bench.dispatch("VOICE_STATE_UPDATE", state("1", "347354999472668846", bench.session()));
        assertThat(bench.replies).isEmpty();
        bench.dispatch("VOICE_STATE_UPDATE", state(CHANNEL, "347354999472668846", "by its user id"));
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
    }

    @Test
    void aServerWithoutEndpointIsNotTheAnswer() {
        bench.send("update_voice_state", GUILD, JOIN);
        bench.dispatch("VOICE_STATE_UPDATE", state(CHANNEL, "1", bench.session()));
        bench.dispatch("VOICE_SERVER_UPDATE", "{\"token\":\"t\",\"endpoint\":null}");
        assertThat(bench.replies).isEmpty();
        bench.dispatch("VOICE_SERVER_UPDATE", SERVER);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
    }

    @Test
    void movingToAnotherChannelOfTheSameServerAnswersWithTheStateAtTheDeadline() {
        bench.send("update_voice_state", GUILD, JOIN);
        bench.dispatch("VOICE_STATE_UPDATE", state(CHANNEL, "1", bench.session()));
        bench.advance(10_000);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
        assertThat(bench.onlyReply().text()).contains("no VOICE_SERVER_UPDATE came");
        assertThat(String.valueOf(bench.onlyReply().result())).endsWith("\"server\":null}");
    }

    @Test
    void aChannelThatTheBotMayNotJoinExpiresWithAHint() {
        bench.send("update_voice_state", GUILD, JOIN);
        bench.advance(10_000);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.onlyReply().text()).contains("the bot may connect to it");
    }

    @Test
    void aMissingIntentIsNamed() {
        bench.shards.intents = 1;
        bench.send("update_voice_state", GUILD, JOIN);
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.send(
                "request_guild_members",
                GUILD,
                MemberRequest.startingWith("x", 1).withPresences().toJson().toString());
        assertThat(bench.replies).extracting(Reply::outcome).containsOnly(Outcome.INVALID);
        assertThat(bench.replies)
                .extracting(reply -> reply.text().replaceFirst(".* the intent (\\w+), .*", "$1"))
                .containsExactly("GUILD_VOICE_STATES", "GUILD_MEMBERS", "GUILD_PRESENCES");
        assertThat(bench.shards.writes).isEmpty();
    }

    @Test
    void aNewSessionInTheMiddleAsksAgain() {
        bench.send("update_voice_state", GUILD, JOIN);
        bench.dispatch("VOICE_SERVER_UPDATE", SERVER);
        bench.newSession();
        assertThat(bench.shards.writes).hasSize(2);
        bench.dispatch("VOICE_STATE_UPDATE", state(CHANNEL, "1", bench.session()));
        assertThat(bench.replies).as("the old session's half counts no more").isEmpty();
        bench.dispatch("VOICE_SERVER_UPDATE", SERVER);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
    }

    @Test
    void aThirdLostSessionIsSaid() {
        bench.send("request_channel_info", GUILD, "{}");
        bench.newSession();
        bench.newSession();
        assertThat(bench.replies).isEmpty();
        bench.newSession();
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.SESSION_LOST);
        assertThat(bench.shards.writes).hasSize(3);
        assertThat(bench.questions.open()).isZero();
    }

    @Test
    void channelInfoComesAsDiscordSentIt() {
        bench.send("request_channel_info", GUILD, "{\"fields\":[\"status\"]}");
        assertThat(bench.shards.last().payload())
                .hasToString("{\"op\":43,\"d\":{\"guild_id\":\"" + Bench.GUILD + "\",\"fields\":[\"status\"]}}");
        String d =
                "{ \"guild_id\":\"" + Bench.GUILD + "\",\"channels\":[{\"status\":\"\\ud83c\\udfa7\",\"id\":\"1\"}] }";
        bench.dispatch("CHANNEL_INFO", d);
        assertThat(bench.onlyReply().result()).hasToString(d);
        bench.send("request_channel_info", GUILD, "{}");
        bench.advance(10_000);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.EXPIRED);
    }

    @Test
    void anAnswerThatOvertakesTheNewsOfItsQuestionCounts() {
        bench.shards.held = true;
        bench.send("request_channel_info", GUILD, "{}");
        bench.dispatch("CHANNEL_INFO", "{\"channels\":[]}");
        assertThat(bench.replies).isEmpty();
        bench.shards.last().outcome().complete(Sent.written());
        bench.loop.settle();
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
    }

    @Test
    void whatCameLongBeforeTheQuestionWasSentIsNoAnswer() {
        bench.shards.held = true;
        bench.send("request_channel_info", GUILD, "{}");
        bench.dispatch("CHANNEL_INFO", "{\"channels\":[]}");
        bench.advance(2_000);
        bench.shards.last().outcome().complete(Sent.written());
        bench.loop.settle();
        assertThat(bench.replies).isEmpty();
    }

    @Test
    void soundsOfManyGuildsAreAskedOncePerShard() {
        String other = Long.toUnsignedString(5L << 22);
        String same = Long.toUnsignedString(19L << 22);
        bench.send(
                "request_soundboard_sounds",
                Target.all(),
                "{\"guild_ids\":[\"" + Bench.GUILD + "\",\"" + other + "\",\"" + same + "\"]}");
        assertThat(bench.shards.writes)
                .extracting(write -> write.shard() + " " + write.d())
                .containsExactly(
                        "3 {\"guild_ids\":[\"" + Bench.GUILD + "\",\"" + same + "\"]}",
                        "5 {\"guild_ids\":[\"" + other + "\"]}");
        bench.dispatch("SOUNDBOARD_SOUNDS", "{\"guild_id\":\"" + Bench.GUILD + "\",\"soundboard_sounds\":[]}");
        bench.dispatch(5, "SOUNDBOARD_SOUNDS", other, "{\"guild_id\":\"" + other + "\",\"soundboard_sounds\":[1]}");
        assertThat(bench.replies).isEmpty();
        bench.dispatch(3, "SOUNDBOARD_SOUNDS", same, "{\"guild_id\":\"" + same + "\",\"soundboard_sounds\":[2]}");
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RESULT);
        assertThat(String.valueOf(bench.onlyReply().result())).contains("[1]").contains("[2]");
    }

    @Test
    void aGuildThatStaysSilentIsNamedAndTheOthersAreThere() {
        String silent = Long.toUnsignedString(5L << 22);
        bench.send(
                "request_soundboard_sounds",
                Target.all(),
                "{\"guild_ids\":[\"" + Bench.GUILD + "\",\"" + silent + "\"]}");
        bench.dispatch("SOUNDBOARD_SOUNDS", "{\"guild_id\":\"" + Bench.GUILD + "\",\"soundboard_sounds\":[]}");
        bench.advance(10_000);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.onlyReply().text()).contains(silent);
        assertThat(String.valueOf(bench.onlyReply().result())).contains(Bench.GUILD);
    }

    @Test
    void aGuildOfAnotherShardIsRefusedWithTheTargetGuild() {
        bench.send("request_soundboard_sounds", GUILD, "{\"guild_ids\":[\"" + (5L << 22) + "\"]}");
        assertThat(bench.onlyReply().text()).contains("of shard 5, the target is on shard 3: use the target all");
    }

    @Test
    void membersComeInPartsAsDiscordSentThem() {
        Command command = bench.send("request_guild_members", GUILD, EVERYBODY);
        assertThat(nonce().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(32);
        String first = chunk(0, 2, nonce(), "{ \"a\" : 1.0 }");
        String second = chunk(1, 2, nonce(), "{\"b\":2}");
        bench.dispatch("GUILD_MEMBERS_CHUNK", first);
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(1, 2, "somebody else's", "{\"c\":3}"));
        bench.dispatch("MESSAGE_CREATE", "{}");
        assertThat(bench.settled).isEmpty();
        bench.dispatch("GUILD_MEMBERS_CHUNK", second);
        assertThat(bench.replies)
                .extracting(reply -> String.valueOf(reply.result()))
                .containsExactly(first, second);
        assertThat(bench.replies).extracting(Reply::part).containsExactly(0, 1);
        assertThat(bench.replies).extracting(Reply::last).containsExactly(false, true);
        assertThat(bench.settled).containsExactly(command.id());
    }

    @Test
    void threeCallersOfTheSameGuildShareOneRequest() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 2, nonce(), "{\"a\":1}"));
        bench.send("request_guild_members", GUILD, EVERYBODY);
        assertThat(bench.shards.writes).hasSize(1);
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(1, 2, nonce(), "{\"b\":2}"));
        for (String id : List.of("c0", "c1", "c2")) {
            assertThat(bench.replies.stream().filter(reply -> reply.id().equals(id)))
                    .extracting(reply -> reply.part() + " " + reply.last())
                    .containsExactly("0 false", "1 true");
        }
        assertThat(bench.settled).containsExactlyInAnyOrder("c0", "c1", "c2");
    }

    @Test
    void anotherQuestionAboutTheSameGuildIsItsOwnRequest() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        String first = nonce();
        bench.send("request_guild_members", GUILD, "{\"user_ids\":[\"1\"]}");
        assertThat(bench.shards.writes).hasSize(2);
        assertThat(bench.shards.last().d())
                .hasToString(
                        "{\"user_ids\":[\"1\"],\"guild_id\":\"" + Bench.GUILD + "\",\"nonce\":\"" + nonce() + "\"}");
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 1, nonce()));
        assertThat(bench.onlyReply().id()).isEqualTo("c1");
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 1, first));
        assertThat(bench.lastReply().id()).isEqualTo("c0");
    }

    @Test
    void whoHasMoreTimeStillGetsTheAnswerAfterTheFirstCallerGaveUp() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.advance(9_000);
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.advance(2_000);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.onlyReply().id()).isEqualTo("c0");
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 1, nonce()));
        assertThat(bench.lastReply().id()).isEqualTo("c1");
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.RESULT);
        assertThat(bench.shards.writes).hasSize(1);
    }

    @Test
    void discordsRateLimitReachesTheCaller() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.dispatch("RATE_LIMITED", "{\"retry_after\":27.412,\"opcode\":8,\"meta\":{\"nonce\":\"x\"}}");
        assertThat(bench.replies).isEmpty();
        bench.dispatch(
                "RATE_LIMITED",
                "{\"retry_after\":27.412,\"opcode\":8,\"meta\":{\"nonce\":\"" + nonce() + "\",\"guild_id\":\""
                        + Bench.GUILD + "\"}}");
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(bench.onlyReply().retryAfter()).isEqualTo(Duration.ofMillis(27_412));
    }

    @Test
    void aSessionThatDiesMidwayStartsTheMembersOver() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        String old = nonce();
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 2, old, "{\"a\":1}"));
        bench.newSession();
        assertThat(nonce()).isNotEqualTo(old);
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 2, nonce(), "{\"a\":1}"));
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(1, 2, nonce(), "{\"b\":2}"));
        assertThat(bench.replies).extracting(Reply::part).containsExactly(0, 0, 1);
        assertThat(bench.lastReply().last()).isTrue();
    }

    @Test
    void membersThatDoNotComeExpireAndSayHowFarItWas() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 3, nonce()));
        bench.advance(10_000);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(bench.lastReply().text()).startsWith("only 1 chunks came in time");
        assertThat(bench.lastReply().part()).isEqualTo(1);
    }

    @Test
    void aChunkTooBigForOneMessageComesInPieces() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        String member = "{\"nick\":\"" + "x".repeat(1 << 20) + "\"}";
        bench.dispatch(
                "GUILD_MEMBERS_CHUNK",
                chunk(0, 1, nonce(), member, member, member, member, member, member, member, member, member));
        assertThat(bench.replies).hasSizeGreaterThan(2);
        assertThat(bench.replies)
                .allMatch(reply -> CommandCodec.encode(reply).length < MembersChunk.MOST_PART_BYTES + (2 << 20));
        assertThat(bench.replies.stream()
                        .mapToInt(reply -> java.util.Objects.requireNonNull(reply.result())
                                .tree()
                                .path("members")
                                .size())
                        .sum())
                .isEqualTo(9);
        assertThat(bench.lastReply().last()).isTrue();
    }

    @Test
    void repliesThatTheBrokerDoesNotTakeEndTheCommand() {
        bench.send("request_guild_members", GUILD, EVERYBODY);
        bench.repliesAccepted = false;
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(0, 2, nonce()));
        bench.repliesAccepted = true;
        bench.dispatch("GUILD_MEMBERS_CHUNK", chunk(1, 2, nonce()));
        assertThat(bench.replies).isEmpty();
        assertThat(bench.settled).containsExactly("c0");
        assertThat(bench.registry
                        .get("shardline.commands")
                        .tag("outcome", "RATE_LIMITED")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void everyDispatchGoesOnUnchangedAndFirst() {
        bench.dispatch("VOICE_STATE_UPDATE", "{}");
        bench.dispatch("MESSAGE_CREATE", "{}");
        assertThat(bench.published).hasSize(2);
        assertThat(bench.questions.awaits(Bench.GUILD)).isFalse();
    }
}
