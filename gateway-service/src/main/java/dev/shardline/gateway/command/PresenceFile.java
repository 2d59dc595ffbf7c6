package dev.shardline.gateway.command;

import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Presence;
import dev.shardline.contract.command.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Remembered presences as one JSON file, replaced as a whole. */
public final class PresenceFile implements PresenceMemory.Store {
    private static final int VERSION = 1;

    private final Path file;

    /** At this path; its directory must exist. */
    public PresenceFile(Path file) {
        this.file = file;
    }

    @Override
    public PresenceMemory.Remembered load() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return PresenceMemory.Remembered.NOTHING;
        }
        try {
            JsonNode root = RawJson.of(bytes).tree();
            int version = root.path("version").asInt(0);
            if (version != VERSION) {
                throw new IOException(
                        file + " has version " + version + ", known is " + VERSION + ": delete it to begin without");
            }
            JsonNode everywhere = root.path("everywhere");
            @Nullable Presence all = everywhere.isObject() ? Presence.parse(everywhere) : null;
            Map<Integer, Presence> shards = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : root.path("shards").properties()) {
                shards.put(Integer.valueOf(entry.getKey()), Presence.parse(entry.getValue()));
            }
            return new PresenceMemory.Remembered(all, shards);
        } catch (InvalidCommandException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage() + ". Delete it to begin without", e);
        }
    }

    @Override
    public void save(PresenceMemory.Remembered all) throws IOException {
        ObjectNode root = CommandCodec.object();
        root.put("version", VERSION);
        Presence everywhere = all.everywhere();
        if (everywhere != null) {
            root.set("everywhere", everywhere.toJson());
        }
        ObjectNode shards = root.putObject("shards");
        new TreeMap<>(all.shards()).forEach((shard, presence) -> shards.set(shard.toString(), presence.toJson()));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(RawJson.of(root).bytes());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
