package dev.shardline.gateway.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerSettings;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker without streams is no reason to be unwell: the copy on this machine does. */
class CopiedCheckpointStoreTest {
    @TempDir
    Path directory;

    private static final ResumePoint POINT = new ResumePoint(new ShardId(0, 1), "session", "wss://gateway", 7, 1, 0);

    /** Points in memory, on a medium that may fail. */
    private static final class Medium implements CheckpointStore {
        final Map<ShardId, ResumePoint> points = new HashMap<>();

        @Nullable
        IOException failure;

        private void check() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public Map<ShardId, ResumePoint> load() throws IOException {
            check();
            return Map.copyOf(points);
        }

        @Override
        public void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten)
                throws IOException {
            check();
            changed.forEach(point -> points.put(point.shard(), point));
        }

        @Override
        public void close() {}
    }

    private final Medium shared = new Medium();
    private final Medium copy = new Medium();
    private final CopiedCheckpointStore both = new CopiedCheckpointStore(shared, copy);

    private void save() throws IOException {
        both.save(List.of(POINT), List.of(POINT), List.of());
    }

    @Test
    void aFullDiskDoesNotStopTheSharedOne() {
        copy.failure = new IOException("No space left on device");
        assertThatIOException().isThrownBy(this::save).withMessage("No space left on device");
        assertThat(shared.points).containsValue(POINT);
    }

    @Test
    void aSharedOneThatFailsIsToldAlthoughTheCopyWasSaved() {
        shared.failure = new IOException("no confirm");
        assertThatIOException().isThrownBy(this::save).withMessage("no confirm");
        assertThat(copy.points).containsValue(POINT);
    }

    @Test
    void whenBothFailBothAreTold() {
        copy.failure = new IOException("No space left on device");
        shared.failure = new IOException("no confirm");
        assertThatIOException()
                .isThrownBy(this::save)
                .withMessage("No space left on device")
                .satisfies(e -> assertThat(e.getSuppressed()).containsExactly(shared.failure));
    }

    @Test
    void withoutTheSharedOneNobodyIsToldThatThereIsNothing() throws Exception {
        copy.points.put(POINT.shard(), POINT);
        shared.failure = new IOException("stream has no leader");
        assertThatIOException().isThrownBy(both::load).withMessageContaining("stream has no leader");
        assertThat(both.loadLocally()).containsValue(POINT);
    }

    @Test
    void aDamagedCopyIsNoReasonToForgetWhatIsShared() throws Exception {
        shared.points.put(POINT.shard(), POINT);
        copy.failure = new IOException("the checkpoints cannot be read");
        assertThat(both.load()).containsValue(POINT);
    }

    @Test
    @Tag("broker")
    void withoutStreamsTheCopyIsAllThereIsAndSavingSucceeds() throws Exception {
        try (TestBroker broker = TestBroker.startEmbedded();
                CheckpointStore store = new CopiedCheckpointStore(
                        new StreamCheckpointStore(new BrokerConnections(() -> BrokerSettings.parse(broker.uri()))),
                        new FileCheckpointStore(directory.resolve("checkpoints")))) {
            store.save(List.of(POINT), List.of(POINT), List.of());
            store.save(List.of(POINT), List.of(POINT), List.of());
            assertThat(store.load()).containsEntry(POINT.shard(), POINT);
        }
    }
}
