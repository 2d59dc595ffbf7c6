package dev.shardline.gateway.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code op}, {@code s}, {@code t}, where {@code d} lies and whose it is, in one pass over the bytes.
 *
 * <p>Every byte is looked at once and the whole text is checked against the grammar of JSON, so damage is noticed
 * instead of being sliced wrongly; nothing is copied and, but for unknown event names, nothing is allocated. Keys may
 * come in any order and in any spelling that JSON allows.
 *
 * <p>The guild of a dispatch is its top-level {@code d.guild_id}, a string or an integer; else {@code d.id} for
 * GUILD_CREATE, GUILD_UPDATE and GUILD_DELETE; else {@code d.meta.guild_id} for RATE_LIMITED. A nested
 * {@code guild_id} often comes first and may be that of another guild.
 *
 * <p>One scanner serves one connection: the results stay until the next {@link #scan}. Confined to one thread.
 */
public final class EnvelopeScanner {
    /** Deepest nesting that is accepted; Jackson's own limit, so that whoever parses {@code d} later can. */
    static final int MAX_DEPTH = 500;

    private static final byte PLAIN = 0;
    private static final byte QUOTE = 1;
    private static final byte ESCAPE = 2;
    private static final byte BAD = 3;
    private static final byte TWO = 4;
    private static final byte THREE = 5;
    private static final byte FOUR = 6;

    private static final byte[] CLASSES = new byte[256];

    /** Event names met so far. Races are harmless: a slot holds an immutable name that is compared before use. */
    private static final @Nullable String[] NAMES = new String[512];

    static {
        for (int c = 0; c < 256; c++) {
            CLASSES[c] = c < 0x20
                    ? BAD
                    : c < 0x80 ? PLAIN : c < 0xC0 ? BAD : c < 0xE0 ? TWO : c < 0xF0 ? THREE : c < 0xF8 ? FOUR : BAD;
        }
        CLASSES['"'] = QUOTE;
        CLASSES['\\'] = ESCAPE;
    }

    private final long[] objects = new long[(MAX_DEPTH + 63) / 64];
    private byte[] json = new byte[0];
    private int end;
    /** Set by {@link #skipString} when the string holds a backslash; never cleared by it. */
    private boolean escaped;

    private int op;
    private long sequence;
    private @Nullable String type;
    private int dataStart;
    private int dataEnd;
    private Id guild = Id.NONE;
    private long guildId;
    private long channelId;
    private long userId;
    private boolean hasChannel;
    private boolean hasUser;

    private Id ownId = Id.NONE;
    private long ownIdValue;
    private Id metaGuild = Id.NONE;
    private long metaGuildValue;
    private long parsed;

    private enum Id {
        NONE,
        PRESENT
    }

    /**
     * Scans one payload.
     *
     * @param bytes holds the payload; must not change while the results are used
     * @param from where it begins
     * @param to where it ends, exclusive
     * @throws MalformedPayloadException when this is not exactly one well-formed envelope
     */
    public void scan(byte[] bytes, int from, int to) throws MalformedPayloadException {
        json = bytes;
        end = to;
        op = -1;
        sequence = -1;
        type = null;
        dataStart = -1;
        dataEnd = -1;
        guild = Id.NONE;
        guildId = 0;
        hasChannel = false;
        hasUser = false;
        ownId = Id.NONE;
        metaGuild = Id.NONE;
        int p = envelope(from);
        p = blank(p);
        if (p != to) {
            throw malformed("something follows the payload", p);
        }
        if (op < 0) {
            throw new MalformedPayloadException("malformed payload: it has no op");
        }
        if (op == 0) {
            if (type == null || dataStart < 0) {
                throw new MalformedPayloadException("malformed payload: a dispatch needs t and d");
            }
            chooseGuild(type);
        }
    }

    /** The opcode as a number. */
    public int op() {
        return op;
    }

    /** The sequence, -1 when absent or null. */
    public long sequence() {
        return sequence;
    }

    /** The event name, null when absent or null. */
    public @Nullable String type() {
        return type;
    }

    /** True when there is a {@code d}, be it null. */
    public boolean hasData() {
        return dataStart >= 0;
    }

    /** Where {@code d} begins in the scanned array. */
    public int dataStart() {
        return dataStart;
    }

    /** Where {@code d} ends in the scanned array, exclusive. */
    public int dataEnd() {
        return dataEnd;
    }

    /** True when {@code d} is the literal {@code true}. */
    public boolean dataIsTrue() {
        return dataEnd - dataStart == 4 && json[dataStart] == 't';
    }

    /** A copy of {@code d}, byte for byte; empty when there is none. */
    public byte[] copyData() {
        int length = dataEnd - dataStart;
        byte[] copy = new byte[length];
        System.arraycopy(json, Math.max(dataStart, 0), copy, 0, length);
        return copy;
    }

    /** True when the dispatch belongs to a guild. */
    public boolean hasGuild() {
        return guild == Id.PRESENT;
    }

    /** The guild as an unsigned number; 0 outside guilds. */
    public long guildId() {
        return guildId;
    }

    /** What the slot is computed from: the guild, else the channel, else the user, else 0. */
    public long routeId() {
        if (guild == Id.PRESENT) {
            return guildId;
        }
        if (hasChannel) {
            return channelId;
        }
        return hasUser ? userId : 0;
    }

    private void chooseGuild(String name) {
        if (guild == Id.PRESENT) {
            return;
        }
        switch (name) {
            case "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE" -> {
                guild = ownId;
                guildId = ownId == Id.PRESENT ? ownIdValue : 0;
            }
            case "RATE_LIMITED" -> {
                guild = metaGuild;
                guildId = metaGuild == Id.PRESENT ? metaGuildValue : 0;
            }
            default -> guildId = 0;
        }
    }

    private int envelope(int from) throws MalformedPayloadException {
        int p = blank(from);
        require(p, '{');
        p = blank(p + 1);
        if (at(p) == '}') {
            return p + 1;
        }
        boolean hasOp = false;
        boolean hasSequence = false;
        boolean hasType = false;
        while (true) {
            int keyStart = p + 1;
            int keyEnd = key(p);
            p = blank(keyEnd + 1);
            require(p, ':');
            p = blank(p + 1);
            char known = envelopeKey(keyStart, keyEnd);
            if (known == 'd') {
                refuseSecond(dataStart >= 0, "d", p);
                dataStart = p;
                p = at(p) == '{' ? data(p) : skipValue(p, 1);
                dataEnd = p;
            } else {
                int start = p;
                escaped = false;
                p = skipValue(p, 1);
                switch (known) {
                    case 'o' -> {
                        refuseSecond(hasOp, "op", start);
                        hasOp = true;
                        op = opcode(start, p);
                    }
                    case 's' -> {
                        refuseSecond(hasSequence, "s", start);
                        hasSequence = true;
                        sequence = sequence(start, p);
                    }
                    case 't' -> {
                        refuseSecond(hasType, "t", start);
                        hasType = true;
                        type = type(start, p);
                    }
                    default -> {}
                }
            }
            p = blank(p);
            byte c = at(p);
            if (c == '}') {
                return p + 1;
            }
            if (c != ',') {
                throw malformed("expected , or }", p);
            }
            p = blank(p + 1);
        }
    }

    private char envelopeKey(int start, int keyEnd) {
        if (escaped) {
            String key = decode(start, keyEnd);
            return key.equals("op") ? 'o' : key.length() == 1 && "std".contains(key) ? key.charAt(0) : ' ';
        }
        int length = keyEnd - start;
        if (length == 1) {
            byte c = json[start];
            return c == 'd' || c == 's' || c == 't' ? (char) c : ' ';
        }
        return length == 2 && json[start] == 'o' && json[start + 1] == 'p' ? 'o' : ' ';
    }

    /** The object {@code d}: its own keys are looked at, everything deeper is only checked. */
    private int data(int from) throws MalformedPayloadException {
        int p = blank(from + 1);
        if (at(p) == '}') {
            return p + 1;
        }
        while (true) {
            int keyStart = p + 1;
            int keyEnd = key(p);
            p = blank(keyEnd + 1);
            require(p, ':');
            p = blank(p + 1);
            int start = p;
            char known = dataKey(keyStart, keyEnd);
            if (known == 'm' && at(p) == '{') {
                p = meta(p);
            } else if (known == ' ' || known == 'm') {
                p = skipValue(p, 2);
                if (known == 'm') {
                    metaGuild = Id.NONE;
                }
            } else {
                escaped = false;
                p = skipValue(p, 2);
                boolean present = snowflake(start, p);
                Id id = present ? Id.PRESENT : Id.NONE;
                switch (known) {
                    case 'g' -> {
                        guild = id;
                        guildId = parsed;
                    }
                    case 'i' -> {
                        ownId = id;
                        ownIdValue = parsed;
                    }
                    case 'c' -> {
                        hasChannel = present;
                        channelId = parsed;
                    }
                    default -> {
                        hasUser = present;
                        userId = parsed;
                    }
                }
            }
            p = blank(p);
            byte c = at(p);
            if (c == '}') {
                return p + 1;
            }
            if (c != ',') {
                throw malformed("expected , or }", p);
            }
            p = blank(p + 1);
        }
    }

    private char dataKey(int start, int keyEnd) {
        if (escaped) {
            return switch (decode(start, keyEnd)) {
                case "guild_id" -> 'g';
                case "id" -> 'i';
                case "channel_id" -> 'c';
                case "user_id" -> 'u';
                case "meta" -> 'm';
                default -> ' ';
            };
        }
        return switch (keyEnd - start) {
            case 2 -> json[start] == 'i' && json[start + 1] == 'd' ? 'i' : ' ';
            case 4 -> same(start, META) ? 'm' : ' ';
            case 7 -> same(start, USER_ID) ? 'u' : ' ';
            case 8 -> same(start, GUILD_ID) ? 'g' : ' ';
            case 10 -> same(start, CHANNEL_ID) ? 'c' : ' ';
            default -> ' ';
        };
    }

    private static final byte[] META = "meta".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] USER_ID = "user_id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GUILD_ID = "guild_id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANNEL_ID = "channel_id".getBytes(StandardCharsets.US_ASCII);

    private boolean same(int start, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (json[start + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private int meta(int from) throws MalformedPayloadException {
        metaGuild = Id.NONE;
        int p = blank(from + 1);
        if (at(p) == '}') {
            return p + 1;
        }
        while (true) {
            int keyStart = p + 1;
            int keyEnd = key(p);
            p = blank(keyEnd + 1);
            require(p, ':');
            p = blank(p + 1);
            int start = p;
            boolean isGuild = escaped
                    ? decode(keyStart, keyEnd).equals("guild_id")
                    : keyEnd - keyStart == GUILD_ID.length && same(keyStart, GUILD_ID);
            escaped = false;
            p = skipValue(p, 3);
            if (isGuild) {
                metaGuild = snowflake(start, p) ? Id.PRESENT : Id.NONE;
                metaGuildValue = parsed;
            }
            p = blank(p);
            byte c = at(p);
            if (c == '}') {
                return p + 1;
            }
            if (c != ',') {
                throw malformed("expected , or }", p);
            }
            p = blank(p + 1);
        }
    }

    /** Checks a key and returns where its closing quote is; {@link #escaped} tells whether it holds a backslash. */
    private int key(int p) throws MalformedPayloadException {
        require(p, '"');
        escaped = false;
        return skipString(p) - 1;
    }

    private int opcode(int start, int stop) throws MalformedPayloadException {
        if (!snowflake(start, stop) || json[start] == '"' || parsed < 0 || parsed > Integer.MAX_VALUE) {
            throw malformed("op is no opcode", start);
        }
        return (int) parsed;
    }

    private long sequence(int start, int stop) throws MalformedPayloadException {
        if (json[start] == 'n') {
            return -1;
        }
        if (!snowflake(start, stop) || json[start] == '"' || parsed < 0) {
            throw malformed("s is no sequence", start);
        }
        return parsed;
    }

    private @Nullable String type(int start, int stop) throws MalformedPayloadException {
        if (json[start] == 'n') {
            return null;
        }
        if (json[start] != '"') {
            throw malformed("t is no event name", start);
        }
        if (escaped) {
            return decode(start + 1, stop - 1);
        }
        int hash = 0;
        for (int i = start + 1; i < stop - 1; i++) {
            hash = 31 * hash + json[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (NAMES.length - 1);
        String known = NAMES[slot];
        if (known != null && sameName(known, start + 1, stop - 1)) {
            return known;
        }
        String name = new String(json, start + 1, stop - start - 2, StandardCharsets.UTF_8);
        NAMES[slot] = name;
        return name;
    }

    private boolean sameName(String name, int start, int stop) {
        if (name.length() != stop - start) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            // A byte of a letter outside ASCII is negative and equals no char.
            if (name.charAt(i) != json[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads a checked value as an unsigned 64-bit number, given as digits with or without quotes, into {@link #parsed}. */
    private boolean snowflake(int start, int stop) {
        parsed = 0;
        int from = start;
        int to = stop;
        if (json[start] == '"') {
            from++;
            to--;
            if (escaped) {
                return unsigned(decode(from, to));
            }
        }
        int digits = to - from;
        if (digits < 1 || digits > 20) {
            return false;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            int digit = json[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            if (i - from >= 18 && overflows(value, digit)) {
                return false;
            }
            value = value * 10 + digit;
        }
        parsed = value;
        return true;
    }

    private boolean unsigned(String text) {
        if (text.isEmpty() || text.length() > 20 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        try {
            parsed = Long.parseUnsignedLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean overflows(long value, int digit) {
        long limit = Long.divideUnsigned(-1L, 10);
        int order = Long.compareUnsigned(value, limit);
        return order > 0 || (order == 0 && digit > 5);
    }

    /** The text of a checked string. */
    private String decode(int start, int stop) {
        byte[] out = new byte[stop - start];
        StringBuilder text = new StringBuilder(stop - start);
        int run = 0;
        int i = start;
        while (i < stop) {
            if (json[i] != '\\') {
                out[run++] = json[i++];
                continue;
            }
            text.append(new String(out, 0, run, StandardCharsets.UTF_8));
            run = 0;
            i++;
            switch (json[i]) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    int unit = 0;
                    for (int k = 1; k <= 4; k++) {
                        unit = unit * 16 + Character.digit(json[i + k], 16);
                    }
                    text.append((char) unit);
                    i += 4;
                }
                default -> text.append((char) json[i]);
            }
            i++;
        }
        return text.append(new String(out, 0, run, StandardCharsets.UTF_8)).toString();
    }

    private int skipValue(int p, int depth) throws MalformedPayloadException {
        byte c = at(p);
        return c == '{' || c == '[' ? skipContainer(p, depth) : skipScalar(p, c);
    }

    /** Checks an object or array of any depth without recursion. */
    private int skipContainer(int from, int outer) throws MalformedPayloadException {
        int p = from;
        int depth = 0;
        while (true) {
            boolean object = json[p] == '{';
            if (outer + depth >= MAX_DEPTH) {
                throw malformed("nested more than " + MAX_DEPTH + " deep", p);
            }
            push(depth, object);
            depth++;
            p = blank(p + 1);
            boolean closed = at(p) == (object ? '}' : ']');
            if (closed) {
                p++;
                depth--;
                if (depth == 0) {
                    return p;
                }
                object = isObject(depth - 1);
            }
            // Either before the first member of a container that was just opened, or after a value.
            while (true) {
                if (closed) {
                    p = blank(p);
                    byte c = at(p);
                    if (c == ',') {
                        p = blank(p + 1);
                    } else if (c == (object ? '}' : ']')) {
                        p++;
                        depth--;
                        if (depth == 0) {
                            return p;
                        }
                        object = isObject(depth - 1);
                        continue;
                    } else {
                        throw malformed(object ? "expected , or }" : "expected , or ]", p);
                    }
                }
                if (object) {
                    require(p, '"');
                    p = blank(skipString(p));
                    require(p, ':');
                    p = blank(p + 1);
                }
                byte c = at(p);
                if (c == '{' || c == '[') {
                    break;
                }
                p = skipScalar(p, c);
                closed = true;
            }
        }
    }

    private void push(int depth, boolean object) {
        long bit = 1L << (depth & 63);
        if (object) {
            objects[depth >> 6] |= bit;
        } else {
            objects[depth >> 6] &= ~bit;
        }
    }

    private boolean isObject(int depth) {
        return (objects[depth >> 6] & (1L << (depth & 63))) != 0;
    }

    private int skipScalar(int p, byte c) throws MalformedPayloadException {
        return switch (c) {
            case '"' -> skipString(p);
            case 't' -> literal(p, TRUE);
            case 'f' -> literal(p, FALSE);
            case 'n' -> literal(p, NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> skipNumber(p, c);
            default -> throw malformed("expected a value", p);
        };
    }

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private int literal(int p, byte[] word) throws MalformedPayloadException {
        if (end - p < word.length || !same(p, word)) {
            throw malformed("expected a value", p);
        }
        return p + word.length;
    }

    private int skipNumber(int from, byte first) throws MalformedPayloadException {
        int p = first == '-' ? from + 1 : from;
        if (at(p) == '0') {
            p++;
        } else {
            p = digits(p);
        }
        if (p < end && json[p] == '.') {
            p = digits(p + 1);
        }
        if (p < end && (json[p] | 0x20) == 'e') {
            p++;
            byte sign = at(p);
            p = digits(sign == '+' || sign == '-' ? p + 1 : p);
        }
        return p;
    }

    private int digits(int from) throws MalformedPayloadException {
        int p = from;
        while (p < end && json[p] >= '0' && json[p] <= '9') {
            p++;
        }
        if (p == from) {
            throw malformed("expected a digit", p);
        }
        return p;
    }

    /** Checks a string and returns the position after its closing quote. */
    private int skipString(int from) throws MalformedPayloadException {
        byte[] bytes = json;
        int stop = end;
        int p = from + 1;
        while (p < stop) {
            switch (CLASSES[bytes[p] & 0xFF]) {
                case PLAIN -> p++;
                case QUOTE -> {
                    return p + 1;
                }
                case ESCAPE -> {
                    escaped = true;
                    p = skipEscape(p + 1);
                }
                case TWO -> p = continuation(p, 1);
                case THREE -> p = continuation(p, 2);
                case FOUR -> p = continuation(p, 3);
                default -> throw malformed("a string holds a byte that must be escaped or is not UTF-8", p);
            }
        }
        throw malformed("it ends within a string", p);
    }

    private int continuation(int p, int count) throws MalformedPayloadException {
        if (end - p <= count) {
            throw malformed("it ends within a string", p);
        }
        for (int i = 1; i <= count; i++) {
            if ((json[p + i] & 0xC0) != 0x80) {
                throw malformed("a string is not UTF-8", p);
            }
        }
        return p + count + 1;
    }

    private int skipEscape(int p) throws MalformedPayloadException {
        switch (at(p)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return p + 1;
            }
            case 'u' -> {
                if (end - p <= 4) {
                    throw malformed("it ends within a string", p);
                }
                for (int i = 1; i <= 4; i++) {
                    int c = json[p + i];
                    int lower = c | 0x20;
                    if (!((c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'f'))) {
                        throw malformed("bad \\u escape", p);
                    }
                }
                return p + 5;
            }
            default -> throw malformed("bad escape", p);
        }
    }

    private int blank(int from) {
        int p = from;
        while (p < end && json[p] <= ' ' && (json[p] == ' ' || json[p] == '\n' || json[p] == '\r' || json[p] == '\t')) {
            p++;
        }
        return p;
    }

    private byte at(int p) throws MalformedPayloadException {
        if (p >= end) {
            throw malformed("it ends too early", p);
        }
        return json[p];
    }

    private void require(int p, char wanted) throws MalformedPayloadException {
        if (p >= end || json[p] != wanted) {
            throw malformed("expected " + wanted, p);
        }
    }

    private static void refuseSecond(boolean seen, String key, int p) throws MalformedPayloadException {
        if (seen) {
            throw malformed("a second " + key, p);
        }
    }

    private static MalformedPayloadException malformed(String what, int p) {
        return new MalformedPayloadException("malformed payload at byte " + p + ": " + what);
    }
}
