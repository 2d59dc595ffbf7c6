package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.Reply;
import dev.shardline.contract.command.Target;
import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Commands over a broker. */
@Tag("broker")
class CommandServiceTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestBroker broker = TestBroker.start();
    private final FakeShards shards = new FakeShards(4);
    private final DispatchTap tap = new DispatchTap(dispatch -> {});
    private final List<Connection> opened = new CopyOnWriteArrayList<>();
    private final List<CommandService> services = new ArrayList<>();
    private RawCaller caller;

    @BeforeEach
    void connect() throws Exception {
        caller = new RawCaller(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        services.forEach(CommandService::close);
        caller.close();
        broker.close();
    }

    private CommandService start() {
        CommandService service = CommandService.builder(
                        name -> {
                            Connection connection = broker.connectionFactory().newConnection(name);
                            opened.add(connection);
                            return connection;
                        },
                        shards,
                        tap,
                        InstantSource.system(),
                        new SimpleMeterRegistry())
                .drain(Duration.ofMillis(100))
                .build();
        services.add(service);
        service.start();
        await().atMost(SOON).until(service::isConsuming);
        return service;
    }

    private static Command presence(String id, Target target, Duration life) {
        return new Command(
                id,
                "update_presence",
                target,
                System.currentTimeMillis() + life.toMillis(),
                Presence.of(Presence.Status.DND).toJson());
    }

    private Reply reply(String id) {
        await().atMost(SOON)
                .until(() ->
                        caller.replies.stream().anyMatch(reply -> reply.id().equals(id)));
        return caller.replies.stream()
                .filter(reply -> reply.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void answersEveryKindOfTarget() throws Exception {
        start();
        caller.send(presence("one", Target.shard(2), SOON));
        caller.send(presence("guild", Target.guild(Long.parseLong(Bench.GUILD)), SOON));
        caller.send(presence("all", Target.all(), SOON));
        caller.send(new Command(
                "cluster", "status", Target.cluster(), System.currentTimeMillis() + 5000, CommandCodec.object()));
        assertThat(reply("one").outcome()).isEqualTo(Outcome.SENT);
        assertThat(reply("guild").outcome()).isEqualTo(Outcome.SENT);
        assertThat(reply("all").shards()).containsExactly(0, 1, 2, 3);
        assertThat(reply("cluster").outcome()).isEqualTo(Outcome.RESULT);
        assertThat(shards.writes).extracting(FakeShards.Write::shard).containsExactly(2, 3, 0, 1, 2, 3);
    }

    @Test
    void aResultComesBackByteForByte() throws Exception {
        start();
        caller.send(new Command(
                "info",
                "request_channel_info",
                Target.guild(Long.parseLong(Bench.GUILD)),
                System.currentTimeMillis() + 15_000,
                CommandCodec.object()));
        await().atMost(SOON).until(() -> !shards.writes.isEmpty());
        String d = "{ \"channels\":[ {\"status\":\"\\u00e9 東\"} ],\"guild_id\":\"" + Bench.GUILD + "\"}";
        tap.accept(new Dispatch(
                new ShardId(3, 4),
                "s",
                1,
                "CHANNEL_INFO",
                d.getBytes(StandardCharsets.UTF_8),
                Bench.GUILD,
                0,
                0,
                false));
        assertThat(reply("info").result()).hasToString(d);
    }

    @Test
    void aCommandSurvivesTheGatewayThatHadNotDoneIt() throws Exception {
        shards.held = true;
        CommandService first = start();
        caller.send(presence("kept", Target.shard(1), SOON));
        caller.send(presence("toolate", Target.shard(1), Duration.ofSeconds(2)));
        await().atMost(SOON).until(() -> shards.writes.size() == 2);
        first.close();
        assertThat(caller.replies).isEmpty();
        await().atMost(SOON)
                .until(() -> System.currentTimeMillis() > shards.last().deadline());
        shards.held = false;
        start();
        assertThat(reply("kept").outcome()).isEqualTo(Outcome.SENT);
        assertThat(reply("toolate").outcome()).isEqualTo(Outcome.EXPIRED);
        assertThat(shards.writes).hasSize(3);
        await().atMost(SOON).until(() -> caller.messages(Topology.workerQueue(0)) == 0);
    }

    @Test
    void aLostConnectionInTheMiddleAnswersOnceAndDoesItOnce() throws Exception {
        shards.held = true;
        CommandService service = start();
        caller.send(presence("once", Target.shard(1), SOON));
        await().atMost(SOON).until(() -> shards.writes.size() == 1);
        opened.forEach(connection -> connection.abort(100));
        await().atMost(SOON).until(() -> opened.size() >= 2 && service.isConsuming());
        shards.last().outcome().complete(Sent.written());
        assertThat(reply("once").outcome()).isEqualTo(Outcome.SENT);
        caller.send(presence("next", Target.shard(1), SOON));
        await().atMost(SOON).until(() -> shards.writes.size() == 2);
        shards.last().outcome().complete(Sent.written());
        reply("next");
        assertThat(shards.writes).hasSize(2);
        assertThat(caller.replies).hasSize(2);
    }

    @Test
    void aDeletedQueueIsDeclaredAnew() throws Exception {
        start();
        caller.channel.queueDelete(Topology.workerQueue(0));
        await().atMost(SOON).until(() -> opened.size() >= 2 && services.get(0).isConsuming());
        caller.send(presence("after", Target.all(), SOON));
        assertThat(reply("after").outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void newShardsGetTheirCommands() throws Exception {
        CommandService service = start();
        shards.local.add(4);
        shards.serving = 5;
        service.shardsChanged();
        await().atMost(SOON).untilAsserted(() -> {
            caller.send(presence("new" + caller.replies.size() + System.nanoTime(), Target.shard(4), SOON));
            assertThat(caller.replies).isNotEmpty();
        });
        assertThat(caller.replies.get(0).outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void commandsOfThisProcessDoNotPileUpBehindOneThatWaitsForTheBroker() throws Exception {
        try (CommandService service = CommandService.builder(
                        name -> {
                            if (name.equals("shardline-replies")) {
                                throw new IOException("no broker");
                            }
                            return broker.connectionFactory().newConnection(name);
                        },
                        shards,
                        tap,
                        InstantSource.system(),
                        new SimpleMeterRegistry())
                .drain(Duration.ofMillis(100))
                .build()) {
            service.start();
            await().atMost(SOON).until(service::isConsuming);
            caller.send("all", "no command".getBytes(StandardCharsets.UTF_8));
            await().atMost(SOON).until(() -> service.waitingForBroker() == 2);
            List<Reply> replies = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                service.submit(presence("local-" + i, Target.all(), SOON), "api:test", replies::add);
                service.submit(
                        new Command(
                                "wrong-" + i,
                                "greet",
                                Target.cluster(),
                                System.currentTimeMillis() + 9_000,
                                CommandCodec.object()),
                        "api:test",
                        replies::add);
            }
            await().atMost(SOON).until(() -> replies.size() == 4_000);
            assertThat(replies).extracting(Reply::outcome).containsOnly(Outcome.SENT, Outcome.INVALID);
            assertThat(service.waitingForBroker())
                    .as("the copy for the dead queue, and the refusal of the broken one until nobody waits for it")
                    .isBetween(1, 2);
        }
    }

    @Test
    void aDeadCommandKeepsItsBytesAndItsReason() throws Exception {
        start();
        byte[] body = "{\"version\":3}".getBytes(StandardCharsets.UTF_8);
        caller.send("all", body);
        assertThat(reply("").text()).contains("command.version must be 1, was 3");
        await().atMost(SOON).until(() -> caller.messages(Topology.DEAD_COMMANDS_QUEUE) == 1);
        var dead = caller.channel.basicGet(Topology.DEAD_COMMANDS_QUEUE, true);
        assertThat(dead.getBody()).isEqualTo(body);
        assertThat(String.valueOf(dead.getProps().getHeaders().get(EventHeaders.DEAD_REASON)))
                .contains("command.version must be 1, was 3");
    }

    @Test
    void aReplyAddressThatTheBrokerRefusesHoldsUpNobody() throws Exception {
        start();
        Command command = presence("nowhere", Target.all(), SOON);
        caller.channel.basicPublish(
                Topology.COMMANDS_EXCHANGE,
                "all",
                new com.rabbitmq.client.AMQP.BasicProperties.Builder()
                        .replyTo("amq.rabbitmq.reply-to.nonsense")
                        .build(),
                CommandCodec.encode(command));
        caller.send(presence("fine", Target.all(), SOON));
        assertThat(reply("fine").outcome()).isEqualTo(Outcome.SENT);
    }

    /** 10,000 commands, mutated in bytes and in fields: each is answered, nothing falls over. */
    @Test
    void damagedCommandsAreAnsweredAndTheConsumerStaysWell() throws Exception {
        CommandService service = start();
        Random random = new Random(11);
        List<Command> seeds = seeds();
        int sent = 10_000;
        int valid = 0;
        for (int i = 0; i < sent; i++) {
            Command seed = seeds.get(i % seeds.size());
            byte[] body = mutated(seed, i, random);
            String key = random.nextInt(10) == 0
                    ? "guild." + random.nextInt(99)
                    : seed.target().routingKey();
            caller.send(key, body);
            try {
                CommandCodec.decode(body);
                valid++;
            } catch (RuntimeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> caller.replies.stream().filter(Reply::last).count() >= sent);
        assertThat(caller.replies).hasSize(sent);
        assertThat(valid).as("some survive their mutation").isBetween(100, sent - 1000);
        assertThat(service.isConsuming()).isTrue();
        await().atMost(SOON).until(() -> caller.messages(Topology.workerQueue(0)) == 0);
        assertThat(opened).as("no connection was lost on the way").hasSize(2);
        long invalid = caller.replies.stream()
                .filter(reply -> reply.outcome() == Outcome.INVALID
                        && !reply.text().contains("single instance")
                        && !reply.text().startsWith("the target user."))
                .count();
        assertThat(caller.messages(Topology.DEAD_COMMANDS_QUEUE)).isEqualTo(invalid);
        caller.send(presence("well", Target.all(), SOON));
        assertThat(reply("well").outcome()).isEqualTo(Outcome.SENT);
    }

    private static List<Command> seeds() {
        String[][] kinds = {
            {"update_presence", "all", "{\"status\":\"dnd\",\"activities\":[{\"name\":\"x\",\"type\":0}]}"},
            {"update_voice_state", "guild." + Bench.GUILD, "{\"channel_id\":null}"},
            {"request_guild_members", "guild." + Bench.GUILD, "{\"query\":\"\",\"limit\":0}"},
            {"request_soundboard_sounds", "all", "{\"guild_ids\":[\"" + Bench.GUILD + "\"]}"},
            {"request_channel_info", "guild." + Bench.GUILD, "{\"fields\":[\"status\"]}"},
            {"send_payload", "shard.1", "{\"op\":99,\"d\":{\"a\":[1,2]}}"},
            {"locate_guild", "cluster", "{\"guild_id\":\"" + Bench.GUILD + "\"}"},
            {"status", "cluster", "{}"},
            {"reshard_start", "cluster", "{\"shards\":4,\"dry_run\":true}"},
            {"reshard_status", "cluster", "{}"},
            {"reshard_abort", "cluster", "{}"},
            {"move_shard", "cluster", "{\"shard\":1,\"worker\":2}"},
            {"drain_worker", "cluster", "{\"worker\":2}"},
            {"restart_shard", "shard.1", "{\"fresh\":true}"},
            {"set_log_level", "all", "{\"logger\":\"a\",\"level\":\"INFO\"}"},
            {"update_voice_state", "user.80351110224678912", "{\"channel_id\":null}"},
        };
        List<Command> seeds = new ArrayList<>();
        for (String[] kind : kinds) {
            ObjectNode payload =
                    (ObjectNode) dev.shardline.contract.command.RawJson.of(kind[2].getBytes(StandardCharsets.UTF_8))
                            .tree();
            seeds.add(new Command("seed", kind[0], Target.parse(kind[1]), System.currentTimeMillis() + 2_000, payload));
        }
        return seeds;
    }

    private static byte[] mutated(Command seed, int number, Random random) {
        Command own = new Command("f" + number, seed.type(), seed.target(), seed.deadline(), seed.payload());
        byte[] body = CommandCodec.encode(own);
        switch (random.nextInt(6)) {
            case 0 -> {
                for (int n = random.nextInt(3); n >= 0; n--) {
                    body[random.nextInt(body.length)] = (byte) random.nextInt(256);
                }
            }
            case 1 -> body = java.util.Arrays.copyOf(body, random.nextInt(body.length));
            case 2 -> body = java.util.Arrays.copyOf(body, 16_000 + random.nextInt(2_000));
            case 3 -> {
                String text = new String(body, StandardCharsets.UTF_8);
                String[] values = {"null", "-1", "\"x\"", "[]", "{}", "1e99", "true", "\"\\u0000\""};
                String value = values[random.nextInt(values.length)];
                String[] fields = {"version", "deadline", "limit", "op", "type", "guild_ids", "d", "status", "target"};
                String field = fields[random.nextInt(fields.length)];
                body = text.replaceFirst(
                                "\"" + field + "\":[^,}\\]]*",
                                "\"" + field + "\":" + java.util.regex.Matcher.quoteReplacement(value))
                        .getBytes(StandardCharsets.UTF_8);
            }
            case 4 -> {
                String text = new String(body, StandardCharsets.UTF_8);
                int at = text.indexOf(',', random.nextInt(text.length()));
                body = (at < 0 ? text : text.substring(0, at) + ",\"extra\":1" + text.substring(at))
                        .getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                // As it should be, among all the others.
            }
        }
        return body;
    }
}
