package dev.shardline.benchmarks.process;

import java.nio.charset.StandardCharsets;

/** Finds the simulator's time stamp in the bytes of an event, without parsing them. */
final class SentAt {
    private static final byte[] FIELD = "\"_simulator_sent\":\"".getBytes(StandardCharsets.US_ASCII);

    private SentAt() {}

    /** Microseconds since 1970, or -1 when the bytes carry no stamp. Looks from the end, where the simulator puts it. */
    static long find(byte[] event) {
        for (int at = event.length - FIELD.length - 1; at >= 0; at--) {
            if (event[at] == '"' && event[at + 1] == '_' && matches(event, at)) {
                long value = 0;
                for (int i = at + FIELD.length; i < event.length && event[i] >= '0' && event[i] <= '9'; i++) {
                    value = value * 10 + (event[i] - '0');
                }
                return value;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] event, int at) {
        for (int i = 0; i < FIELD.length; i++) {
            if (event[at + i] != FIELD[i]) {
                return false;
            }
        }
        return true;
    }
}
