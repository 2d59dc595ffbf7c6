package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.shard.ShardId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The target {@code user.<id>}: the guild in whose voice the user is. */
class UserTargetTest {
    private static final long USER = 80351110224678912L;
    private static final Target TARGET = Target.user(USER);
    private static final String OTHER_GUILD = Long.toUnsignedString(5L << 22);
    private static final String LEAVE = "{\"channel_id\":null}";

    private final Bench bench = new Bench(16);

    private static String state(long user, String channel) {
        return "{\"member\":{\"user\":{\"id\":\"1\"},\"channel_id\":\"9\"},\"user_id\":\"" + user + "\",\"channel_id\":"
                + channel + "}";
    }

    private void moves(String guild, String channel) {
        bench.dispatch(
                ShardId.owning(Long.parseLong(guild), 16).id(), "VOICE_STATE_UPDATE", guild, state(USER, channel));
    }

    @Test
    void goesToTheGuildInWhoseVoiceTheUserIs() {
        moves(Bench.GUILD, "\"7\"");
        Command command = bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.SENT);
        assertThat(bench.onlyReply().id()).isEqualTo(command.id());
        assertThat(bench.shards.last().shard()).isEqualTo(3);
        assertThat(bench.shards.last().d().path("guild_id").asString()).isEqualTo(Bench.GUILD);
    }

    @Test
    void doesNotReachAGuildThatTheCallerMayNotReach() {
        Bench guarded = new Bench(
                16,
                (command, user) -> command.target().equals(Target.guild(Long.parseLong(Bench.GUILD)))
                        ? Optional.of("not this guild")
                        : Optional.empty(),
                null);
        guarded.dispatch(
                ShardId.owning(Long.parseLong(Bench.GUILD), 16).id(),
                "VOICE_STATE_UPDATE",
                Bench.GUILD,
                state(USER, "\"7\""));
        guarded.send("update_voice_state", TARGET, LEAVE);
        assertThat(guarded.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(guarded.onlyReply().text()).isEqualTo("not this guild");
    }

    @Test
    void followsTheUserToAnotherGuildAndForgetsWhoLeft() {
        moves(Bench.GUILD, "\"7\"");
        moves(OTHER_GUILD, "\"8\"");
        moves(Bench.GUILD, "null");
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.shards.last().d().path("guild_id").asString())
                .as("the leave of the guild before does not count")
                .isEqualTo(OTHER_GUILD);
        moves(OTHER_GUILD, "null");
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.lastReply().text()).startsWith("user " + USER + " is in no voice channel that this gateway");
        assertThat(bench.shards.writes).hasSize(1);
    }

    @Test
    void learnsFromTheVoiceStatesOfAGuildThatIsLoaded() {
        bench.dispatch(
                "GUILD_CREATE",
                "{\"id\":\"" + Bench.GUILD + "\",\"members\":[{\"user\":{}}],\"voice_states\":[" + state(1, "\"2\"")
                        + "," + state(USER, "\"7\"") + "],\"x\":1}");
        bench.send("request_channel_info", TARGET, "{}");
        assertThat(bench.shards.last().d().path("guild_id").asString()).isEqualTo(Bench.GUILD);
    }

    @Test
    void aNewSessionAndALostGuildForget() {
        moves(Bench.GUILD, "\"7\"");
        bench.newSession();
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.INVALID);
        moves(Bench.GUILD, "\"7\"");
        bench.dispatch("GUILD_DELETE", "{\"id\":\"" + Bench.GUILD + "\",\"unavailable\":true}");
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.shards.writes).isEmpty();
    }

    @Test
    void theOneLongestInVoiceIsForgottenFirst() {
        VoiceGuilds voice = new VoiceGuilds(2);
        DispatchTap tap = new DispatchTap(dispatch -> {}, voice);
        for (long user = 1; user <= 3; user++) {
            tap.accept(Bench.dispatchOf("VOICE_STATE_UPDATE", Bench.GUILD, state(user, "\"7\"")));
        }
        assertThat(voice.guildOf(1)).isEmpty();
        assertThat(voice.guildOf(2)).hasValue(Long.parseLong(Bench.GUILD));
        assertThat(voice.guildOf(3)).hasValue(Long.parseLong(Bench.GUILD));
    }

    @Test
    void aShapeThatNobodyExpectsCostsNothing() {
        bench.dispatch("VOICE_STATE_UPDATE", "{\"user_id\":{\"a\":1},\"channel_id\":\"7\"}");
        bench.dispatch("VOICE_STATE_UPDATE", "{\"user_id\":\"nobody\",\"channel_id\":\"7\"}");
        bench.dispatch("GUILD_CREATE", "{\"voice_states\":null}");
        moves(Bench.GUILD, "\"7\"");
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void saysWhatIsMissingWhenItCannotKnow() {
        assertThat(VoiceGuilds.OFF.whyUnknown("5", true)).contains("shardline.commands.voice-users");
        bench.shards.intents = 1;
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.onlyReply().text()).contains("GUILD_VOICE_STATES");
    }

    @Test
    void ofSeveralInstancesTheOneThatKnowsAnswersAndOneSaysWhenNobodyDoes() {
        bench.shards.local.removeIf(shard -> shard > 3);
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.replies).as("another instance may know").isEmpty();
        bench.advance(11_000);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        moves(Bench.GUILD, "\"7\"");
        bench.send("update_voice_state", TARGET, LEAVE);
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.SENT);
    }

    /** As in an outage, with as many users as a large bot has in voice; a look at each of them every time takes minutes. */
    @Test
    @Timeout(20)
    void anOutageOfThousandsOfGuildsDoesNotLookAtEveryUserEachTime() {
        VoiceGuilds voice = new VoiceGuilds(300_000);
        for (long user = 1; user <= 300_000; user++) {
            voice.see(Bench.dispatchOf("VOICE_STATE_UPDATE", "77", state(user, "\"7\"")));
        }
        for (int guild = 1_000; guild < 41_000; guild++) {
            voice.see(Bench.dispatchOf("GUILD_DELETE", Integer.toString(guild), "{\"unavailable\":true}"));
        }
        assertThat(voice.guildOf(5)).hasValue(77);
        voice.see(Bench.dispatchOf("GUILD_DELETE", "77", "{}"));
        assertThat(voice.guildOf(5)).isEmpty();
    }
}
