package dev.shardline.sdk.duplicate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one instance has handled, as messages for another one: at most {@value #MAX_BLOCKS} blocks of 1,024 sequences, the
 * latest, in parts of at most 150 kB. Safe from any thread.
 */
public final class HandledDigest {
    /** Blocks that are told; of more, the ones that were not used for longest are left out. */
    static final int MAX_BLOCKS = 4_096;

    private static final int BLOCKS_PER_PART = 1_024;
    private static final int FORMAT = 1;

    private HandledDigest() {}

    /**
     * Messages, the last one perhaps without content.
     *
     * @param parts at least one
     * @param version to be given to the next {@link #since}, so that it tells only what is new
     */
    public record Parts(List<byte[]> parts, long version) {
        /** Copies the list. */
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /** What was handled since an earlier digest; 0 for everything. */
    public static Parts since(HandledEvents events, long version) {
        HandledEvents.Changes changes = events.since(version, MAX_BLOCKS);
        List<byte[]> parts = new ArrayList<>();
        List<HandledEvents.Block> blocks = changes.blocks();
        for (int from = 0; from < blocks.size(); from += BLOCKS_PER_PART) {
            parts.add(encode(blocks.subList(from, Math.min(blocks.size(), from + BLOCKS_PER_PART))));
        }
        if (parts.isEmpty()) {
            parts.add(encode(List.of()));
        }
        return new Parts(parts, changes.version());
    }

    /**
     * Adds a part to what is known here.
     *
     * @throws IOException when it is no such part; what was read before the fault is kept, it is true
     */
    public static void merge(byte[] part, HandledEvents into) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(part));
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw new IOException("digest of format " + format + ", expected " + FORMAT);
        }
        String[] sessions = new String[in.readUnsignedShort()];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = in.readUTF();
        }
        int blocks = in.readUnsignedShort();
        for (int i = 0; i < blocks; i++) {
            int session = in.readUnsignedShort();
            if (session >= sessions.length) {
                throw new IOException("digest names session " + session + " of " + sessions.length);
            }
            long number = in.readLong();
            long[] words = new long[HandledEvents.WORDS];
            for (int word = 0; word < words.length; word++) {
                words[word] = in.readLong();
            }
            into.merge(new HandledEvents.Block(sessions[session], number, words));
        }
    }

    private static byte[] encode(List<HandledEvents.Block> blocks) {
        Map<String, Integer> sessions = new LinkedHashMap<>();
        for (HandledEvents.Block block : blocks) {
            sessions.putIfAbsent(block.session(), sessions.size());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeShort(sessions.size());
            for (String session : sessions.keySet()) {
                out.writeUTF(session);
            }
            out.writeShort(blocks.size());
            for (HandledEvents.Block block : blocks) {
                out.writeShort(sessions.getOrDefault(block.session(), 0));
                out.writeLong(block.number());
                for (long word : block.words()) {
                    out.writeLong(word);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
