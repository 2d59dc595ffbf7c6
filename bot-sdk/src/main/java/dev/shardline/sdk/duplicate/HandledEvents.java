package dev.shardline.sdk.duplicate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which events this instance has handled, exactly, in bounded memory.
 *
 * <p>An event is known by its session and sequence, and every sequence has a bit of its own: what was never
 * {@link #add added} is never {@link #contains contained}, however late it comes. Blocks of 1,024 sequences are forgotten
 * when they were not used for longest, so a copy that comes after very many other events passes as new; that is the
 * right side to err on. Safe from any thread.
 */
public final class HandledEvents {
    private static final int BITS = 10;
    /** Words of 64 bits in a block. */
    static final int WORDS = 1 << (BITS - 6);

    private final LinkedHashMap<Key, Bits> blocks;
    private long version;

    private record Key(String session, long number) {}

    private static final class Bits {
        private final long[] words = new long[WORDS];
        private long version;
    }

    /** A copy of one block: which of 1,024 neighbouring sequences of a session were handled. */
    @SuppressWarnings("ArrayRecordComponent") // made for one reader, never changed
    record Block(String session, long number, long[] words) {}

    /**
     * What has changed since another look.
     *
     * @param blocks the latest changes last
     * @param version to be given to the next look
     */
    record Changes(List<Block> blocks, long version) {}

    /**
     * Empty.
     *
     * @param maxBlocks how many blocks of 1,024 sequences are remembered; each takes about 250 bytes
     */
    public HandledEvents(int maxBlocks) {
        blocks = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Bits> eldest) {
                return size() > maxBlocks;
            }
        };
    }

    /** Remembers it. */
    public synchronized void add(String session, long sequence) {
        Bits bits = blocks.computeIfAbsent(new Key(session, sequence >>> BITS), key -> new Bits());
        bits.words[word(sequence)] |= 1L << sequence;
        bits.version = ++version;
    }

    /** Whether it was added and is not yet forgotten. */
    public synchronized boolean contains(String session, long sequence) {
        Bits bits = blocks.get(new Key(session, sequence >>> BITS));
        return bits != null && (bits.words[word(sequence)] & 1L << sequence) != 0;
    }

    /** The blocks that changed after {@code version}; of more than {@code max}, the latest. */
    synchronized Changes since(long seen, int max) {
        List<Map.Entry<Key, Bits>> changed = new ArrayList<>();
        for (Map.Entry<Key, Bits> block : blocks.entrySet()) {
            if (block.getValue().version > seen) {
                changed.add(block);
            }
        }
        changed.sort(Comparator.comparingLong(block -> block.getValue().version));
        List<Block> latest = new ArrayList<>();
        for (Map.Entry<Key, Bits> block : changed.subList(Math.max(0, changed.size() - max), changed.size())) {
            Key key = block.getKey();
            latest.add(new Block(
                    key.session(), key.number(), block.getValue().words.clone()));
        }
        return new Changes(latest, version);
    }

    /** Adds what another instance has handled. */
    synchronized void merge(Block block) {
        Bits bits = blocks.computeIfAbsent(new Key(block.session(), block.number()), key -> new Bits());
        boolean news = false;
        for (int i = 0; i < WORDS; i++) {
            news |= (block.words()[i] & ~bits.words[i]) != 0;
            bits.words[i] |= block.words()[i];
        }
        if (news) {
            bits.version = ++version;
        }
    }

    private static int word(long sequence) {
        return (int) (sequence >>> 6) & (WORDS - 1);
    }
}
