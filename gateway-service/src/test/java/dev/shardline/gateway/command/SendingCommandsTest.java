package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that Discord does not answer: presence, raw payloads, leaving voice; and those of the cluster. */
class SendingCommandsTest {
    private static final Target GUILD = Target.guild(Long.parseLong(Bench.GUILD));

    @Test
    void presenceForAllGoesToEveryShardAndIsRememberedForNewOnes() {
        Bench bench = new Bench(3);
        bench.send(
                "update_presence",
                Target.all(),
                Presence.playing("chess").toJson().toString());
        assertThat(bench.shards.writes).extracting(FakeShards.Write::shard).containsExactly(0, 1, 2);
        assertThat(bench.shards.last().payload())
                .hasToString(
                        "{\"op\":3,\"d\":"
                                + "{\"since\":null,\"activities\":[{\"name\":\"chess\",\"type\":0}],\"status\":\"online\",\"afk\":false}}");
        assertThat(bench.onlyReply().text()).isEqualTo("written to 3 shards");
        assertThat(bench.presences.of(7)).contains(Presence.playing("chess"));
    }

    @Test
    void presenceOfOneShardIsItsOwn() {
        Bench bench = new Bench(3);
        bench.send("update_presence", Target.shard(1), "{\"status\":\"idle\"}");
        assertThat(bench.presences.of(1)).contains(Presence.of(Presence.Status.IDLE));
        assertThat(bench.presences.of(0)).isEmpty();
        bench.send("update_presence", Target.all(), "{\"status\":\"dnd\"}");
        assertThat(bench.presences.of(1)).contains(Presence.of(Presence.Status.DND));
    }

    @Test
    void presenceIsRememberedBeforeItCanBeSent() {
        Bench bench = new Bench(1);
        bench.shards.held = true;
        bench.send("update_presence", Target.shard(0), "{\"status\":\"idle\"}");
        assertThat(bench.presences.of(0)).isPresent();
    }

    @Test
    void oneShardThatCannotSendIsNamed() {
        Bench bench = new Bench(3);
        bench.shards.held = true;
        bench.send("update_presence", Target.all(), "{\"status\":\"idle\"}");
        bench.shards.writes.get(0).outcome().complete(Sent.written());
        bench.shards
                .writes
                .get(1)
                .outcome()
                .complete(new Sent(Outcome.RATE_LIMITED, "too fast", Duration.ofSeconds(4)));
        bench.shards.writes.get(2).outcome().complete(Sent.not(Outcome.EXPIRED, "too late"));
        bench.loop.settle();
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.RATE_LIMITED);
        assertThat(bench.onlyReply().retryAfter()).isEqualTo(Duration.ofSeconds(4));
        assertThat(bench.onlyReply().text()).isEqualTo("too fast; not sent on shards 1, 2");
    }

    @Test
    void aCommandWaitsOutAReconnectUntilItsDeadline() {
        Bench bench = new Bench(1);
        bench.shards.held = true;
        bench.send("send_payload", Target.shard(0), "{\"op\":99,\"d\":null}");
        bench.advance(9_000);
        assertThat(bench.replies).isEmpty();
        bench.shards.last().outcome().complete(Sent.written());
        bench.loop.settle();
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void moreThanDiscordTakesIsNeverSent() {
        Bench bench = new Bench(1);
        bench.send("send_payload", Target.shard(0), "{\"op\":99,\"d\":\"" + "é".repeat(2100) + "\"}");
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(bench.onlyReply().text())
                .startsWith("Discord takes payloads of at most 4096 bytes, this one has 42");
        assertThat(bench.shards.writes).isEmpty();
    }

    @Test
    void leavingVoiceIsSentAndWaitsForNothing() {
        Bench bench = new Bench(4);
        bench.send("update_voice_state", GUILD, "{\"channel_id\":null}");
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.SENT);
        assertThat(bench.shards.last().payload())
                .hasToString("{\"op\":4,\"d\":{\"guild_id\":\"" + Bench.GUILD
                        + "\",\"channel_id\":null,\"self_mute\":false,\"self_deaf\":false}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "send_payload|shard.0|{\"op\":2,\"d\":{}}|payload.op 2 is IDENTIFY, which the shard sends itself",
                "send_payload|shard.0|{\"op\":3,\"d\":{}}|payload.op 3 is a presence, which the gateway must remember",
                "send_payload|shard.0|{\"op\":4}|payload.d is missing",
                "send_payload|cluster|{\"op\":4,\"d\":{}}|send_payload takes the target shard or guild or all, was cluster",
                "update_presence|all|{\"status\":\"away\"}|payload.status must be online, dnd",
                "update_voice_state|all|{\"channel_id\":null}|update_voice_state takes the target guild, was all",
                "update_voice_state|guild.820993970405679409|{}|payload.channel_id is missing: it must be a Discord id",
                "update_voice_state|guild.820993970405679409|{\"channel_id\":5}|payload.channel_id must be a Discord id",
                "update_voice_state|guild.99999999999999999999|{\"channel_id\":null}|target must be guild.<unsigned 64-bit",
                "request_channel_info|guild.820993970405679409|{\"fields\":[\"name\"]}|payload.fields must be a list of status",
                "request_soundboard_sounds|all|{}|payload.guild_ids is missing",
                "request_guild_members|shard.0|{}|request_guild_members takes the target guild, was shard.0",
                "locate_guild|cluster|{}|payload.guild_id is missing",
                "move_shard|cluster|{\"shard\":-1,\"worker\":0}|payload.shard must be a whole number from 0 to 100000, was -1",
                "reshard_start|cluster|{\"shards\":0}|payload.shards must be a whole number from 1 to 100000, was 0",
                "drain_worker|cluster|{}|payload.worker is missing",
                "restart_shard|shard.0|{\"fresh\":1}|payload.fresh must be true or false, was 1",
                "set_log_level|all|{\"logger\":\"a\",\"level\":\"LOUD\"}|payload.level must be TRACE, DEBUG, INFO, WARN",
                "status|cluster|{\"x\":1}|payload.x is not known here: remove it, or mend its spelling",
                "status|all|{}|status takes the target cluster, was all",
            })
    void wrongInputIsAnsweredWithTheValueAndTheMend(String type, String target, String payload, String message) {
        Bench bench = new Bench(4);
        bench.send(type, Target.parse(target), payload);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.onlyReply().text()).startsWith(message);
        assertThat(bench.buried).hasSize(1);
        assertThat(bench.shards.writes).isEmpty();
    }

    @Test
    void statusShowsEveryShard() {
        Bench bench = new Bench(2);
        bench.send("status", Target.cluster(), "{}");
        assertThat(bench.onlyReply().result())
                .hasToString("{\"total\":2,\"serving\":2,\"intents\":-1,\"shards\":["
                        + "{\"shard\":0,\"total\":2,\"worker\":0,\"state\":\"READY\",\"heartbeat_ms\":42},"
                        + "{\"shard\":1,\"total\":2,\"worker\":0,\"state\":\"READY\",\"heartbeat_ms\":42}]}");
    }

    @Test
    void aGuildIsLocated() {
        Bench bench = new Bench(16);
        bench.send("locate_guild", Target.cluster(), "{\"guild_id\":\"" + Bench.GUILD + "\"}");
        assertThat(bench.onlyReply().result())
                .hasToString("{\"guild_id\":\"" + Bench.GUILD + "\",\"shard\":3,\"total\":16,\"worker\":0}");
        bench.shards.serving = 2;
        bench.send("locate_guild", Target.cluster(), "{\"guild_id\":\"" + Bench.GUILD + "\"}");
        assertThat(bench.lastReply().outcome()).isEqualTo(Outcome.NO_SUCH_SHARD);
    }

    @Test
    void aShardIsRestartedByItsIdOrByItsGuild() {
        Bench bench = new Bench(16);
        bench.send("restart_shard", Target.shard(5), "{}");
        bench.send("restart_shard", GUILD, "{\"fresh\":true}");
        assertThat(bench.shards.restarts).containsExactly("5 resume", "3 fresh");
        assertThat(bench.replies).allMatch(reply -> reply.outcome() == Outcome.SENT);
    }

    @Test
    void aLogLevelIsSet() {
        Bench bench = new Bench(1);
        bench.send("set_log_level", Target.all(), "{\"logger\":\"dev.shardline\",\"level\":\"DEBUG\"}");
        assertThat(bench.levels).containsExactly("dev.shardline=DEBUG");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "move_shard|{\"shard\":0,\"worker\":1}|there is no other worker to move shard 0 to",
                "reshard_start|{\"shards\":4}|to change the shard count, set shardline.shards.total and restart it",
                "reshard_status|{}|no change of the shard count is under way",
                "reshard_abort|{}|no change of the shard count is under way",
                "drain_worker|{\"worker\":3}|there is no other worker to take the shards of worker 3",
            })
    void aSingleInstanceSaysWhatOnlyAClusterCanDo(String type, String payload, String reason) {
        Bench bench = new Bench(1);
        bench.send(type, Target.cluster(), payload);
        assertThat(bench.onlyReply().outcome()).isEqualTo(Outcome.INVALID);
        assertThat(bench.onlyReply().text()).isEqualTo("this gateway runs as a single instance; " + reason);
        assertThat(bench.buried).isEmpty();
    }
}
