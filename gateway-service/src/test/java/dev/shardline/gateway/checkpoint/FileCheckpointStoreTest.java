package dev.shardline.gateway.checkpoint;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckpointStoreTest extends CheckpointStoreContract {
    @TempDir
    Path directory;

    @Override
    CheckpointStore open(InstantSource wall) {
        return new FileCheckpointStore(directory.resolve("state").resolve("checkpoints"));
    }

    @Override
    boolean sharedByProcesses() {
        return false;
    }

    @Test
    void aDamagedFileIsNamedInsteadOfBeginningNewSessions() throws Exception {
        Path file = directory.resolve("state").resolve("checkpoints");
        Files.createDirectories(directory.resolve("state"));
        Files.writeString(file, "shardline-checkpoints 1\n0 4 nonsense\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> open().load())
                .withMessageContaining(file.toString())
                .withMessageContaining("move the file away");
    }
}
