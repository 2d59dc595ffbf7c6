package dev.shardline.gateway.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.shardline.gateway.publish.Settlements;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ResumePoints;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    private static final ShardId SHARD = new ShardId(0, 2);
    private static final ShardId OTHER = new ShardId(1, 2);

    private final AtomicLong now = new AtomicLong(1_000_000_000_000L);
    private final Store store = new Store();
    private final Checkpoints checkpoints = over(store);

    /** Notes what is saved. Reads what it is told to. */
    private static final class Store implements CheckpointStore {
        final List<Collection<ResumePoint>> saves = new ArrayList<>();
        final Map<ShardId, ResumePoint> everywhere = new HashMap<>();
        final Map<ShardId, ResumePoint> here = new HashMap<>();

        @Nullable
        IOException failure;

        @Override
        public Map<ShardId, ResumePoint> load() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return everywhere;
        }

        @Override
        public Map<ShardId, ResumePoint> loadLocally() {
            return here;
        }

        @Override
        public void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten) {
            saves.add(List.copyOf(changed));
        }

        @Override
        public void close() {}
    }

    /** Saves only when a test says so. */
    private Checkpoints over(CheckpointStore medium) {
        return new Checkpoints(medium, Duration.ofDays(1), () -> java.time.Instant.ofEpochMilli(now.get()));
    }

    private static ResumePoint point(ShardId shard, String session, long sequence) {
        return new ResumePoint(shard, session, "wss://gateway", sequence, 1, 0);
    }

    @AfterEach
    void end() {
        checkpoints.close();
    }

    private void settle(ShardId shard, String session, long sequence) {
        checkpoints.of(shard, session).accept(sequence);
        checkpoints.of(shard, session).settle(sequence);
    }

    @Test
    void savesWhatChangedAndNothingElse() {
        checkpoints.begin(point(SHARD, "a", 5));
        checkpoints.begin(point(OTHER, "b", 6));
        assertThat(checkpoints.flush()).isTrue();
        settle(SHARD, "a", 6);
        assertThat(checkpoints.flush()).isTrue();
        assertThat(checkpoints.flush()).isTrue();
        assertThat(store.saves).hasSize(2);
        assertThat(store.saves.get(1)).extracting(ResumePoint::shard).containsExactly(SHARD);
    }

    @Test
    void aSessionWithoutEventsStaysKnownToReadersWhoLookBackAQuarterOfAnHour() {
        checkpoints.begin(point(SHARD, "a", 5));
        checkpoints.begin(point(OTHER, "b", 6));
        checkpoints.flush();
        now.addAndGet(Checkpoints.WHOLE_EVERY.toMillis() - 1);
        settle(OTHER, "b", 7);
        checkpoints.flush();
        assertThat(store.saves.get(1)).hasSize(1);
        now.addAndGet(1);
        checkpoints.flush();
        assertThat(store.saves).hasSize(3);
        assertThat(store.saves.get(2)).extracting(ResumePoint::shard).containsExactlyInAnyOrder(SHARD, OTHER);
        now.addAndGet(-Duration.ofDays(1).toMillis());
        checkpoints.flush();
        assertThat(store.saves).as("a time of day that was put back").hasSize(4);
        assertThat(Checkpoints.WHOLE_EVERY).isLessThan(StreamCheckpointStore.HISTORY.dividedBy(2));
    }

    @Test
    void aNewSessionReplacesTheOldOneAlsoAfterTheTimeOfDayWasPutBack(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("points");
        try (Checkpoints first = over(new FileCheckpointStore(file))) {
            first.begin(point(SHARD, "old", 900));
        }
        now.addAndGet(-Duration.ofDays(1).toMillis());
        try (Checkpoints second = over(new FileCheckpointStore(file))) {
            assertThat(second.find(SHARD))
                    .hasValueSatisfying(found -> assertThat(found.session()).isEqualTo("old"));
            second.begin(point(SHARD, "new", 1));
        }
        try (Checkpoints third = over(new FileCheckpointStore(file))) {
            assertThat(third.find(SHARD))
                    .hasValueSatisfying(found -> assertThat(found.session()).isEqualTo("new"));
        }
    }

    @Test
    void whatWasRefusedWasNotTakenInAndWhatWasTakenInStaysSoOverARewind() {
        checkpoints.begin(point(SHARD, "a", 5));
        assertThat(checkpoints.accepted(SHARD, "a")).isEqualTo(new ResumePoints.Accepted(5, 0));
        Settlements.Progress progress = checkpoints.of(SHARD, "a");
        progress.accept(6);
        progress.accept(7);
        progress.accept(8);
        progress.refuse(8);
        long refused = now.getAndAdd(10) * 1000;
        progress.accept(9);
        progress.settle(6);
        assertThat(checkpoints.accepted(SHARD, "a")).isEqualTo(new ResumePoints.Accepted(7, refused));
        checkpoints.begin(point(SHARD, "a", 6));
        progress.accept(7);
        assertThat(checkpoints.accepted(SHARD, "a"))
                .as("7 is on its way, and nothing new has come yet")
                .isEqualTo(new ResumePoints.Accepted(7, refused));
        progress.accept(8);
        assertThat(checkpoints.accepted(SHARD, "a")).isEqualTo(new ResumePoints.Accepted(8, 0));
        assertThat(checkpoints.accepted(SHARD, "another")).isEqualTo(new ResumePoints.Accepted(0, 0));
    }

    @Test
    void aStoredSessionThatNobodyTakesUpLeavesTheStore(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("points");
        try (Checkpoints first = over(new FileCheckpointStore(file))) {
            first.begin(point(SHARD, "a", 900));
            first.begin(point(OTHER, "b", 900));
        }
        try (Checkpoints second = over(new FileCheckpointStore(file))) {
            assertThat(second.find(SHARD)).isPresent();
            second.forget(SHARD, "a");
            second.forget(OTHER, "another session");
        }
        try (Checkpoints third = over(new FileCheckpointStore(file))) {
            assertThat(third.known()).containsExactly(OTHER);
        }
    }

    @Test
    void whatOnlyOthersMayKnowIsNotCalledUnknown() {
        store.here.put(SHARD, point(SHARD, "a", 5));
        store.everywhere.put(SHARD, point(SHARD, "a", 5));
        store.everywhere.put(OTHER, point(OTHER, "b", 6));
        store.failure = new IOException("no broker");
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(checkpoints::refresh);
        checkpoints.refreshLocally();
        assertThat(checkpoints.known()).containsExactly(SHARD);
        assertThat(checkpoints.find(SHARD)).isPresent();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> checkpoints.find(OTHER))
                .withMessageContaining("1 of 2");
        store.failure = null;
        checkpoints.refresh();
        assertThat(checkpoints.find(OTHER)).isPresent();
    }
}
