package dev.shardline.gateway.reshard;

import java.util.Arrays;

/** The guilds of one shard. A sorted array: a shard has up to thousands of guilds, and a process a thousand shards. */
final class GuildSet {
    private long[] ids;
    private int size;

    GuildSet(long[] first) {
        ids = Arrays.stream(first).sorted().distinct().toArray();
        size = ids.length;
    }

    synchronized int size() {
        return size;
    }

    synchronized long[] ids() {
        return Arrays.copyOf(ids, size);
    }

    synchronized void add(long guild) {
        int at = Arrays.binarySearch(ids, 0, size, guild);
        if (at >= 0) {
            return;
        }
        int insert = -at - 1;
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + Math.max(4, size / 8));
        }
        System.arraycopy(ids, insert, ids, insert + 1, size - insert);
        ids[insert] = guild;
        size++;
    }

    synchronized void remove(long guild) {
        int at = Arrays.binarySearch(ids, 0, size, guild);
        if (at >= 0) {
            System.arraycopy(ids, at + 1, ids, at, size - at - 1);
            size--;
        }
    }
}
