package dev.shardline.sdk;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.EventHandler;
import dev.shardline.sdk.event.ShardlineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Handlers that go on when the user has answered, with one instance and with several. */
class WaitingHandlersTest {
    private static final long GUILD = EventFeed.guild(1);

    private final List<EventConsumer> consumers = new ArrayList<>();
    private final BlockingQueue<CompletableFuture<EventContext>> waits = new LinkedBlockingQueue<>();
    /** Ids of what the instances have asked one another to look out for. */
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private TestBroker broker;
    private EventFeed feed;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        feed = new EventFeed(broker.connectionFactory());
        Channel members = feed.channel();
        members.exchangeDeclare("shardline.group.asking.members", BuiltinExchangeType.FANOUT, true);
        String own = members.queueDeclare().getQueue();
        members.queueBind(own, "shardline.group.asking.members", "");
        members.basicConsume(
                own,
                true,
                (tag, message) -> {
                    if ("shardline.member.watch".equals(message.getProperties().getType())) {
                        asked.add(String.valueOf(
                                message.getProperties().getHeaders().get("x-wait")));
                    }
                },
                tag -> {});
    }

    @AfterEach
    void stop() throws Exception {
        consumers.forEach(EventConsumer::close);
        feed.close();
        broker.close();
    }

    private EventConsumer bot(Duration patience) throws Exception {
        EventHandler handler = event -> {
            if (event.json().path("content").asString("").equals("!ask")) {
                waits.add(event.nextMessage(patience).toCompletableFuture());
            }
        };
        EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                .group("asking")
                .partitions(2)
                .on("MESSAGE_CREATE", handler)
                .on(
                        "INTERACTION_CREATE",
                        event -> waits.add(event.nextMessage(patience).toCompletableFuture()))
                .build();
        consumers.add(consumer);
        return consumer.start().awaitReady(Duration.ofSeconds(30));
    }

    private void say(long guild, int channel, int user, String text) throws Exception {
        feed.send(
                "MESSAGE_CREATE",
                guild,
                "{\"channel_id\":\"" + channel + "\",\"author\":{\"id\":\"" + user + "\"},\"content\":\"" + text
                        + "\"}");
    }

    private CompletableFuture<EventContext> registered() throws Exception {
        CompletableFuture<EventContext> wait = waits.poll(20, TimeUnit.SECONDS);
        assertThat(wait).isNotNull();
        return wait;
    }

    private static ShardlineException.@Nullable Kind failure(CompletableFuture<EventContext> wait) {
        return wait.handle((event, reason) -> reason instanceof ShardlineException ours ? ours.kind() : null)
                .getNow(null);
    }

    @Test
    void theNextMessageOfThatUserInThatChannelAndNoOtherAnswers() throws Exception {
        bot(Duration.ofSeconds(30));
        say(GUILD, 5, 7, "!ask");
        CompletableFuture<EventContext> answer = registered();
        say(GUILD, 5, 8, "not I");
        say(GUILD, 6, 7, "elsewhere");
        say(EventFeed.guild(2), 5, 7, "another guild");
        say(GUILD, 5, 7, "yes");
        say(GUILD, 5, 7, "too late");
        assertThat(answer.get(20, SECONDS).json().path("content").asString()).isEqualTo("yes");
    }

    @Test
    void anInteractionIsFollowedByAMessageToo() throws Exception {
        bot(Duration.ofSeconds(30));
        feed.send("INTERACTION_CREATE", GUILD, "{\"channel_id\":\"5\",\"member\":{\"user\":{\"id\":\"7\"}}}");
        CompletableFuture<EventContext> answer = registered();
        say(GUILD, 5, 7, "yes");
        assertThat(answer.get(20, SECONDS).json().path("content").asString()).isEqualTo("yes");
    }

    @Test
    void whatDoesNotComeInTimeFailsWithTimeout() throws Exception {
        bot(Duration.ofMillis(100));
        say(GUILD, 5, 7, "!ask");
        CompletableFuture<EventContext> answer = registered();
        await().atMost(10, SECONDS).until(answer::isDone);
        assertThat(failure(answer)).isEqualTo(ShardlineException.Kind.TIMEOUT);
    }

    @Test
    void closingTheInstanceFailsWhatItWaitsFor() throws Exception {
        EventConsumer bot = bot(Duration.ofSeconds(30));
        say(GUILD, 5, 7, "!ask");
        CompletableFuture<EventContext> answer = registered();
        bot.close();
        await().atMost(10, SECONDS).until(answer::isDone);
        assertThat(failure(answer)).isEqualTo(ShardlineException.Kind.CLOSED);
    }

    @Test
    void anAnswerThatComesInAtAnotherInstanceIsPassedOn() throws Exception {
        EventConsumer first = bot(Duration.ofSeconds(60));
        EventConsumer second = bot(Duration.ofSeconds(60));
        awaitShared(first, second);
        // Any instance gets an interaction, so some of these wait where the guild's messages do not come in.
        List<CompletableFuture<EventContext>> all = new ArrayList<>();
        for (int user = 1; user <= 10; user++) {
            for (long guild : new long[] {EventFeed.guild(1), EventFeed.guild(2)}) {
                feed.send(
                        "INTERACTION_CREATE",
                        guild,
                        "{\"channel_id\":\"5\",\"member\":{\"user\":{\"id\":\"" + user + "\"}}}");
                all.add(registered());
            }
        }
        awaitAsked(20);
        for (int user = 1; user <= 10; user++) {
            say(EventFeed.guild(1), 5, user, "yes " + user);
            say(EventFeed.guild(2), 5, user, "yes " + user);
        }
        for (int i = 0; i < all.size(); i++) {
            EventContext answer = all.get(i).get(20, SECONDS);
            assertThat(answer.type()).isEqualTo("MESSAGE_CREATE");
            assertThat(answer.json().path("content").asString()).isEqualTo("yes " + (1 + i / 2));
            assertThat(answer.guildId()).isEqualTo(Long.toString(EventFeed.guild(1 + i % 2)));
        }
        assertThat(first.metrics().handled()).as("both have done something").isPositive();
        assertThat(second.metrics().handled()).isPositive();
    }

    @Test
    void waitsAreAnsweredWhereverTheirGuildGoes() throws Exception {
        EventConsumer first = bot(Duration.ofSeconds(60));
        say(EventFeed.guild(1), 5, 7, "!ask");
        say(EventFeed.guild(2), 5, 7, "!ask");
        List<CompletableFuture<EventContext>> both = List.of(registered(), registered());
        awaitShared(first, bot(Duration.ofSeconds(60)), bot(Duration.ofSeconds(60)));
        say(EventFeed.guild(1), 5, 7, "yes");
        say(EventFeed.guild(2), 5, 7, "yes");
        for (CompletableFuture<EventContext> each : both) {
            assertThat(each.get(20, SECONDS).json().path("content").asString()).isEqualTo("yes");
        }
        // The awaited events are handled too.
        awaitHandled(4);
    }

    @Test
    void anInstanceThatLeavesHandsItsGuildsOverAndTheWaitsOfOthersAreAnswered() throws Exception {
        EventConsumer first = bot(Duration.ofSeconds(60));
        EventConsumer second = bot(Duration.ofSeconds(60));
        EventConsumer third = bot(Duration.ofSeconds(60));
        awaitShared(first, second, third);
        List<CompletableFuture<EventContext>> all = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            say(EventFeed.guild(i), 5, 7, "!ask");
            all.add(registered());
        }
        awaitHandled(6);
        long ofSecond = second.metrics().handled();
        awaitAsked(6);
        second.close();
        for (int i = 1; i <= 6; i++) {
            say(EventFeed.guild(i), 5, 7, "yes");
        }
        await().atMost(30, SECONDS).until(() -> all.stream().allMatch(CompletableFuture::isDone));
        assertThat(all.stream().filter(CompletableFuture::isCompletedExceptionally))
                .as("those of the one that left")
                .hasSize((int) ofSecond)
                .allMatch(each -> failure(each) == ShardlineException.Kind.CLOSED);
    }

    private static void awaitShared(EventConsumer... all) {
        await().atMost(20, SECONDS)
                .until(() -> List.of(all).stream()
                        .allMatch(each -> each.health().instances().size() == all.length));
    }

    private void awaitHandled(long count) {
        await().atMost(20, SECONDS)
                .until(() -> consumers.stream()
                                .mapToLong(each -> each.metrics().handled())
                                .sum()
                        == count);
    }

    /** The other instances have been asked so many times. */
    private void awaitAsked(int count) {
        await().atMost(20, SECONDS).until(() -> asked.size() == count);
    }

    @Test
    void waitingForAnEventWithoutHandlerSaysSoAtOnce() throws Exception {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        EventConsumer consumer = EventConsumer.builder(broker.connectionFactory())
                .group("deaf")
                .partitions(1)
                .on("TYPING_START", event -> {
                    try {
                        event.next("MESSAGE_CREATE", later -> true, Duration.ofSeconds(1));
                        said.add("waits");
                    } catch (ShardlineException e) {
                        said.add(String.valueOf(e.getMessage()));
                    }
                })
                .build();
        consumers.add(consumer);
        consumer.start().awaitReady(Duration.ofSeconds(30));
        feed.send("TYPING_START", GUILD, "{}");
        assertThat(said.poll(20, SECONDS))
                .isEqualTo(
                        "group deaf does not get MESSAGE_CREATE: register a handler for it, even one that does nothing");
    }
}
