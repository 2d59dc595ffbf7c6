package dev.shardline.gateway.reshard;

import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The guilds of each session in one file, replaced as a whole: a line per shard, {@code shard total session guild...}.
 *
 * <p>A figure to judge the shard count by, and nothing that an event depends on: it is not forced to the disk.
 */
public final class GuildFile {
    private static final String VERSION = "shardline-guilds 1";

    private final Path file;

    /** At this path; its directory must exist. */
    public GuildFile(Path file) {
        this.file = file;
    }

    /** The guilds that a session had. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Known(ShardId shard, String session, long[] guilds) {}

    /** What is there, by shard; nothing before the first save. */
    Map<ShardId, Known> load() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            return Map.of();
        }
        if (lines.isEmpty() || !lines.get(0).equals(VERSION)) {
            throw new IOException(file + " does not begin with \"" + VERSION + "\": delete it to begin without");
        }
        Map<ShardId, Known> all = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", -1);
            try {
                ShardId shard = new ShardId(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
                long[] guilds = new long[words.length - 3];
                for (int i = 0; i < guilds.length; i++) {
                    guilds[i] = Long.parseUnsignedLong(words[i + 3]);
                }
                all.put(shard, new Known(shard, words[2], guilds));
            } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
                throw new IOException(file + " is damaged: delete it to begin without", e);
            }
        }
        return all;
    }

    void save(Collection<Known> all) throws IOException {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        for (Known each : all) {
            text.append(each.shard().id())
                    .append(' ')
                    .append(each.shard().total())
                    .append(' ')
                    .append(each.session());
            for (long guild : each.guilds()) {
                text.append(' ').append(Long.toUnsignedString(guild));
            }
            text.append('\n');
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
