package dev.shardline.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.contract.command.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PresenceMemoryTest {
    private static final Presence DND = Presence.of(Presence.Status.DND);
    private static final Presence FULL = new Presence(
            Presence.Status.IDLE,
            List.of(new Presence.Activity(1, "chess \"東\"", "round 2", "https://twitch.tv/x")),
            1_795_000_000_000L,
            true);

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void place() {
        file = directory.resolve("presences.json");
    }

    @Test
    void outlivesTheProcess() {
        try (PresenceMemory memory = new PresenceMemory(new PresenceFile(file))) {
            memory.rememberEverywhere(DND);
            memory.remember(3, FULL);
        }
        try (PresenceMemory memory = new PresenceMemory(new PresenceFile(file))) {
            assertThat(memory.of(3)).contains(FULL);
            assertThat(memory.of(4)).contains(DND);
            memory.rememberEverywhere(FULL);
        }
        try (PresenceMemory memory = new PresenceMemory(new PresenceFile(file))) {
            assertThat(memory.of(3)).contains(FULL);
            assertThat(memory.of(4)).contains(FULL);
        }
    }

    @Test
    void isSavedWhileItRunsSoThatAKilledProcessHasItToo() {
        PresenceMemory memory = new PresenceMemory(new PresenceFile(file));
        memory.remember(0, DND);
        await().untilAsserted(
                        () -> assertThat(new PresenceFile(file).load().shards()).isEqualTo(Map.of(0, DND)));
        memory.close();
    }

    @Test
    void aDamagedFileIsNoReasonNotToStart() throws IOException {
        Files.writeString(file, "{\"version\":1,\"everywhere\":{\"status\":\"away\"}}");
        try (PresenceMemory memory = new PresenceMemory(new PresenceFile(file))) {
            assertThat(memory.of(0)).isEmpty();
            assertThat(memory.failure()).contains("is damaged", "away");
            memory.remember(0, DND);
        }
        assertThat(new PresenceFile(file).load().shards()).containsOnlyKeys(0);
    }

    @Test
    void aStoreThatFailsIsReportedAndTriedAgainWithTheNextPresence() {
        AtomicInteger saves = new AtomicInteger();
        PresenceMemory memory = new PresenceMemory(new PresenceMemory.Store() {
            @Override
            public PresenceMemory.Remembered load() {
                return PresenceMemory.Remembered.NOTHING;
            }

            @Override
            public void save(PresenceMemory.Remembered all) throws IOException {
                if (saves.incrementAndGet() == 1) {
                    throw new IOException("disk full");
                }
            }
        });
        memory.remember(0, DND);
        await().untilAsserted(() -> assertThat(memory.failure()).contains("disk full"));
        memory.remember(0, FULL);
        await().until(() -> memory.failure() == null);
        assertThat(memory.of(0)).contains(FULL);
        memory.close();
    }

    @Test
    void whatCouldNotBeSavedIsTriedAgainUntilItIs() {
        AtomicInteger saves = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean(true);
        PresenceMemory memory = new PresenceMemory(
                new PresenceMemory.Store() {
                    @Override
                    public PresenceMemory.Remembered load() {
                        return PresenceMemory.Remembered.NOTHING;
                    }

                    @Override
                    public void save(PresenceMemory.Remembered all) throws IOException {
                        saves.incrementAndGet();
                        if (full.get()) {
                            throw new IOException("disk full");
                        }
                    }
                },
                Duration.ofMillis(20));
        memory.remember(0, DND);
        await().untilAsserted(() -> assertThat(memory.failure()).contains("disk full"));
        await().until(() -> saves.get() > 3);
        full.set(false);
        await().until(() -> memory.failure() == null);
        int enough = saves.get();
        memory.close();
        assertThat(saves.get()).as("what is saved is not saved again").isEqualTo(enough);
    }

    @Test
    void aBurstIsWrittenAFewTimesAndNobodyWaitsForTheDisk() {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger saves = new AtomicInteger();
        PresenceMemory memory = new PresenceMemory(new PresenceMemory.Store() {
            @Override
            public PresenceMemory.Remembered load() {
                return PresenceMemory.Remembered.NOTHING;
            }

            @Override
            public void save(PresenceMemory.Remembered all) throws IOException {
                saves.incrementAndGet();
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        });
        for (int shard = 0; shard < 1_000; shard++) {
            memory.remember(shard, DND);
        }
        slow.countDown();
        memory.close();
        assertThat(saves.get()).isBetween(1, 3);
    }
}
