package dev.shardline.examples.counting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A directory that all instances see, one file for each guild. */
final class ScoreFiles implements Scores {
    private final Path directory;

    ScoreFiles(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    @Override
    public Score load(String guildId) throws IOException {
        try {
            String[] fields = Files.readString(file(guildId)).split(" ", 3);
            return new Score(Long.parseLong(fields[0]), Long.parseLong(fields[1]), fields[2]);
        } catch (NoSuchFileException newGuild) {
            return Score.NONE;
        }
    }

    @Override
    public void save(String guildId, Score score) throws IOException {
        // Written beside it and moved: whoever is killed in the middle leaves the old score, never half of one.
        Path written = Files.createTempFile(directory, guildId, ".new");
        Files.writeString(written, score.number() + " " + score.record() + " " + score.messageId());
        Files.move(written, file(guildId), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String guildId) {
        return directory.resolve(guildId);
    }
}
