package dev.shardline.gateway.filter;

import java.util.Arrays;

/**
 * The guilds of one session that the bot is in and that have not come yet: those of READY, and those that became
 * unavailable since. A sorted array, because a shard has thousands and a thousand shards load at once.
 */
final class LoadingGuilds {
    private final String session;
    private long[] ids;
    private int size;

    LoadingGuilds(String session, long[] unavailable) {
        this.session = session;
        ids = unavailable.clone();
        Arrays.sort(ids);
        size = ids.length;
    }

    boolean isOf(String other) {
        return session.equals(other);
    }

    synchronized boolean contains(long guild) {
        return Arrays.binarySearch(ids, 0, size, guild) >= 0;
    }

    synchronized void add(long guild) {
        int at = Arrays.binarySearch(ids, 0, size, guild);
        if (at >= 0) {
            return;
        }
        int insert = -at - 1;
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + Math.max(4, size / 4));
        }
        System.arraycopy(ids, insert, ids, insert + 1, size - insert);
        ids[insert] = guild;
        size++;
    }

    synchronized void remove(long guild) {
        int at = Arrays.binarySearch(ids, 0, size, guild);
        if (at < 0) {
            return;
        }
        System.arraycopy(ids, at + 1, ids, at, size - at - 1);
        size--;
        if (size == 0) {
            ids = new long[0];
        }
    }
}
