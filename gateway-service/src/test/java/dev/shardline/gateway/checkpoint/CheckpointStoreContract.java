package dev.shardline.gateway.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do. An implementation's test extends this and supplies the store. */
abstract class CheckpointStoreContract {
    /** A store on the same medium; the first one of a test finds it empty. */
    final CheckpointStore open() throws Exception {
        return open(InstantSource.system());
    }

    /** The same on a machine with this time of day. */
    abstract CheckpointStore open(InstantSource wall) throws Exception;

    static ResumePoint point(int shard, String session, long sequence, long savedAt) {
        return new ResumePoint(
                new ShardId(shard, 4), session, "wss://gateway-us-east1-b.discord.gg", sequence, 513, savedAt);
    }

    private static void save(CheckpointStore store, ResumePoint... points) throws Exception {
        store.save(List.of(points), List.of(points), List.of());
    }

    @Test
    void isEmptyAtFirst() throws Exception {
        try (CheckpointStore store = open()) {
            assertThat(store.load()).isEmpty();
        }
    }

    @Test
    void keepsShardsAndGenerationsApart() throws Exception {
        ResumePoint otherGeneration = new ResumePoint(new ShardId(1, 8), "c", "wss://g", 3, 1, 10);
        try (CheckpointStore store = open()) {
            save(store, point(0, "a", 1, 10), point(1, "b", 2, 10), otherGeneration);
        }
        try (CheckpointStore store = open()) {
            assertThat(store.load().values())
                    .containsExactlyInAnyOrder(point(0, "a", 1, 10), point(1, "b", 2, 10), otherGeneration);
        }
    }

    @Test
    void theFurtherPointOfASessionWinsWhoeverSavesLast() throws Exception {
        try (CheckpointStore owner = open();
                CheckpointStore late = open()) {
            save(owner, point(0, "a", 5, 10));
            late.load();
            save(owner, point(0, "a", 9, 20));
            if (sharedByProcesses()) {
                save(late, point(0, "a", 7, 30));
            } else {
                save(owner, point(0, "a", 7, 30));
            }
        }
        try (CheckpointStore store = open()) {
            assertThat(store.load().get(new ShardId(0, 4))).isEqualTo(point(0, "a", 9, 20));
        }
    }

    @Test
    void aNewSessionReplacesTheOldOne() throws Exception {
        try (CheckpointStore store = open()) {
            save(store, point(0, "old", 900, 10));
            save(store, point(0, "new", 1, 20));
        }
        try (CheckpointStore store = open()) {
            assertThat(store.load().get(new ShardId(0, 4))).isEqualTo(point(0, "new", 1, 20));
        }
    }

    @Test
    void forgetsWhatDiscordHasDiscarded() throws Exception {
        try (CheckpointStore store = open()) {
            save(store, point(0, "a", 1, 10), point(1, "b", 2, 10));
            store.save(List.of(), List.of(point(1, "b", 2, 10)), List.of(new ShardId(0, 4)));
        }
        try (CheckpointStore store = open()) {
            assertThat(store.load().keySet()).containsExactly(new ShardId(1, 4));
        }
    }

    @Test
    void manySavesEndAtTheLast() throws Exception {
        List<ResumePoint> all = new ArrayList<>();
        try (CheckpointStore store = open()) {
            for (int i = 1; i <= 300; i++) {
                all = List.of(point(0, "a", i, i), point(1, "b", 7, 7));
                store.save(List.of(point(0, "a", i, i)), all, List.of());
            }
        }
        try (CheckpointStore store = open()) {
            assertThat(store.load().get(new ShardId(0, 4))).isEqualTo(point(0, "a", 300, 300));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aWrongTimeOfDayHidesNothing(int days) throws Exception {
        InstantSource wrong = InstantSource.offset(InstantSource.system(), Duration.ofDays(days));
        try (CheckpointStore store = open()) {
            save(store, point(0, "a", 1, System.currentTimeMillis()));
        }
        try (CheckpointStore store = open(wrong)) {
            assertThat(store.load().keySet()).containsExactly(new ShardId(0, 4));
            save(store, point(1, "b", 2, wrong.millis()));
        }
        try (CheckpointStore store = open()) {
            assertThat(store.load().keySet()).containsExactlyInAnyOrder(new ShardId(0, 4), new ShardId(1, 4));
        }
    }

    /** Whether two processes may write at the same time. */
    boolean sharedByProcesses() {
        return true;
    }
}
