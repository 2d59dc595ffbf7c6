package dev.shardline.broker.wire;

/**
 * Walks through field tables before anything is allocated for them: the codec trusts every length that it reads. See
 * AMQP 0-9-1 section 4.2.5.5, "Field Tables".
 */
public final class FieldTables {
    private static final int DEEPEST = 32;

    private FieldTables() {}

    /**
     * Checks the arguments of a method whose tables and long strings could name any length.
     *
     * @throws AmqpException 502 when a length points outside
     */
    public static void checkArguments(int classId, int methodId, byte[] bytes, int from, int end) {
        String layout = switch (classId << 16 | methodId) {
            case 10 << 16 | 11 -> "TsS";
            case 10 << 16 | 70 -> "S";
            case 40 << 16 | 10 -> "hssoT";
            case 40 << 16 | 30, 40 << 16 | 40, 50 << 16 | 20 -> "hsssoT";
            case 50 << 16 | 10 -> "hsoT";
            case 50 << 16 | 50 -> "hsssT";
            case 60 << 16 | 20 -> "hssoT";
            default -> "";
        };
        int at = from;
        for (int i = 0; i < layout.length(); i++) {
            at = switch (layout.charAt(i)) {
                case 'h' -> within(at + 2L, end);
                case 'o' -> within(at + 1L, end);
                case 's' -> within(at + 1L + (bytes[within(at + 1L, end) - 1] & 0xFF), end);
                case 'S' -> longString(bytes, at, end);
                default -> check(bytes, at, end);
            };
        }
    }

    /**
     * Checks a table.
     *
     * @return where it ends
     * @throws AmqpException 502 when a length points outside, or a type is unknown
     */
    public static int check(byte[] bytes, int from, int end) {
        return container(bytes, from, end, true, 0);
    }

    private static int container(byte[] bytes, int from, int end, boolean named, int depth) {
        if (depth > DEEPEST) {
            throw AmqpException.syntaxError("a table is nested more than " + DEEPEST + " deep");
        }
        int stop = longString(bytes, from, end);
        int at = from + 4;
        while (at < stop) {
            if (named) {
                at = within(at + 1L + (bytes[at] & 0xFF), stop);
            }
            int type = bytes[within(at + 1L, stop) - 1];
            at++;
            at = switch (type) {
                case 'b', 'B', 't' -> within(at + 1L, stop);
                case 's', 'u' -> within(at + 2L, stop);
                case 'I', 'i', 'f' -> within(at + 4L, stop);
                case 'D' -> within(at + 5L, stop);
                case 'l', 'L', 'd', 'T' -> within(at + 8L, stop);
                case 'S', 'x' -> longString(bytes, at, stop);
                case 'F' -> container(bytes, at, stop, true, depth + 1);
                case 'A' -> container(bytes, at, stop, false, depth + 1);
                case 'V' -> at;
                default -> throw AmqpException.syntaxError("unknown type " + type + " in a table");
            };
        }
        return stop;
    }

    private static int longString(byte[] bytes, int at, int end) {
        within(at + 4L, end);
        long length = ((bytes[at] & 0xFFL) << 24)
                | ((bytes[at + 1] & 0xFFL) << 16)
                | ((bytes[at + 2] & 0xFFL) << 8)
                | (bytes[at + 3] & 0xFFL);
        return within(at + 4L + length, end);
    }

    private static int within(long at, int end) {
        if (at > end) {
            throw AmqpException.syntaxError("a length points beyond the end of the frame");
        }
        return (int) at;
    }
}
