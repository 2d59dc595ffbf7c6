package dev.shardline.examples.counting;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.examples.Events;
import dev.shardline.sdk.EventConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountingBotTest {
    private static final int GUILDS = 64;

    @TempDir
    Path directory;

    private final List<EventConsumer> instances = new ArrayList<>();
    private TestBroker broker;
    private Events events;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start();
        events = new Events(broker.connectionFactory());
    }

    @AfterEach
    void stop() throws Exception {
        instances.forEach(EventConsumer::close);
        events.close();
        broker.close();
    }

    @Test
    void guildsCountOnWhileInstancesComeAndGo() throws Exception {
        ScoreFiles scores = new ScoreFiles(directory);
        EventConsumer first = instance(scores);
        count(1, 20);
        EventConsumer second = instance(scores);
        EventConsumer third = instance(scores);
        await().atMost(20, SECONDS)
                .until(() -> instances.stream()
                        .allMatch(instance -> instance.health().instances().size() == 3));
        count(21, 40);
        first.close();
        count(41, 60);
        await().atMost(60, SECONDS).untilAsserted(() -> {
            for (int guild = 1; guild <= GUILDS; guild++) {
                assertThat(scores.load(id(guild)).number())
                        .as("guild %d", guild)
                        .isEqualTo(60);
            }
        });
        assertThat(instances).allMatch(instance -> instance.metrics().handled() > 0);
        assertThat(second.metrics().dead() + third.metrics().dead()).isZero();
    }

    @Test
    void aWrongNumberBeginsAgain() throws Exception {
        ScoreFiles scores = new ScoreFiles(directory);
        instance(scores);
        say(1, "1");
        say(1, "2");
        say(1, "hello");
        say(1, "2");
        say(1, "1");
        await().atMost(10, SECONDS).until(() -> scores.load(id(1)).number() == 1);
        assertThat(scores.load(id(1)).record()).isEqualTo(2);
    }

    /** A store that fails after it has saved, as one does whose answer is lost. */
    @Test
    void anEventThatComesAgainCountsOnce() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        Map<String, Score> saved = new ConcurrentHashMap<>();
        instance(new Scores() {
            @Override
            public Score load(String guildId) {
                return saved.getOrDefault(guildId, Score.NONE);
            }

            @Override
            public void save(String guildId, Score score) throws IOException {
                saved.put(guildId, score);
                if (failures.getAndIncrement() == 0) {
                    throw new IOException("no answer from the database");
                }
            }
        });
        say(1, "1");
        say(1, "2");
        await().atMost(10, SECONDS)
                .until(() -> saved.getOrDefault(id(1), Score.NONE).number() == 2);
        assertThat(saved).containsValue(new Score(2, 2, Events.messageId(2)));
    }

    private EventConsumer instance(Scores scores) throws InterruptedException {
        EventConsumer instance = CountingBot.consumer(broker.uri(), "counting", scores);
        instances.add(instance);
        return instance.start().awaitReady(Duration.ofSeconds(30));
    }

    private void count(int from, int to) throws IOException {
        for (int number = from; number <= to; number++) {
            for (int guild = 1; guild <= GUILDS; guild++) {
                say(guild, Integer.toString(number));
            }
        }
    }

    private void say(int guild, String content) throws IOException {
        events.send(
                "MESSAGE_CREATE",
                Long.parseLong(id(guild)),
                "{\"id\":\"7\",\"channel_id\":\"8\",\"content\":\"" + content + "\"}");
    }

    /** Ids a slot apart from one another. */
    private static String id(int guild) {
        return Long.toString((long) guild << 22);
    }
}
