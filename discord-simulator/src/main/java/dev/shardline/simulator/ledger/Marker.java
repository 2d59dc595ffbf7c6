package dev.shardline.simulator.ledger;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The text inside {@code d} that identifies a generated event: {@code ~sim/<run>/<guild id>/<number>~}.
 *
 * <p>The simulator puts it in the undocumented field {@code _simulator} at the end of {@code d}, and in front of
 * {@code content} for messages. The number counts the owed events of the guild from 1 without gaps.
 *
 * @param run tells the events of one ledger from those of an earlier run
 * @param guildId the guild, 0 for events outside guilds
 * @param number the number within the guild, from 1
 */
public record Marker(int run, long guildId, int number) {
    static final byte[] PREFIX = "~sim/".getBytes(StandardCharsets.US_ASCII);

    /** The last marker in the bytes, or null when there is none. Any thread. */
    public static @Nullable Marker find(byte[] d) {
        return find(d, 0, d.length);
    }

    /** The last marker in the range, or null when there is none. Any thread. */
    public static @Nullable Marker find(byte[] d, int from, int length) {
        int to = from + length;
        for (int i = to - PREFIX.length; i >= from; i--) {
            if (d[i] == '~' && matches(d, i)) {
                return parse(d, i + PREFIX.length, to);
            }
        }
        return null;
    }

    /** The last marker in the text, or null when there is none. Any thread. */
    public static @Nullable Marker find(String text) {
        return find(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean matches(byte[] d, int at) {
        for (int i = 1; i < PREFIX.length; i++) {
            if (d[at + i] != PREFIX[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Marker parse(byte[] d, int from, int to) {
        long[] parts = new long[3];
        int part = 0;
        for (int i = from; i < to; i++) {
            byte c = d[i];
            if (c >= '0' && c <= '9') {
                parts[part] = parts[part] * 10 + (c - '0');
            } else if (c == '/' && part < 2) {
                part++;
            } else {
                return c == '~' && part == 2 ? new Marker((int) parts[0], parts[1], (int) parts[2]) : null;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "~sim/" + run + "/" + Long.toUnsignedString(guildId) + "/" + number + "~";
    }
}
