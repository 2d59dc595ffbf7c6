package dev.shardline.gateway.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.broker.testing.TestBroker;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerSettings;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker without streams is no reason to be unwell: the copy on this machine does. */
@Tag("broker")
class CopiedCheckpointStoreTest {
    @TempDir
    Path directory;

    @Test
    void withoutStreamsTheCopyIsAllThereIsAndSavingSucceeds() throws Exception {
        ResumePoint point = new ResumePoint(new ShardId(0, 1), "session", "wss://gateway", 7, 1, 0);
        try (TestBroker broker = TestBroker.startEmbedded();
                CheckpointStore store = new CopiedCheckpointStore(
                        new StreamCheckpointStore(
                                new BrokerConnections(() -> BrokerSettings.parse(broker.uri())),
                                InstantSource.system()),
                        new FileCheckpointStore(directory.resolve("checkpoints")))) {
            store.save(List.of(point), List.of(point), List.of());
            store.save(List.of(point), List.of(point), List.of());
            assertThat(store.load()).containsEntry(point.shard(), point);
        }
    }
}
