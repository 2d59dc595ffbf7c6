package dev.shardline.contract.command;

/** Keeps a stranger's text short enough for a message and for a log line. */
final class Shortened {
    private static final int LIMIT = 80;

    private Shortened() {}

    static String of(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), LIMIT) + 1);
        text.codePoints()
                .limit(LIMIT)
                .forEach(point -> clean.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        if (clean.length() < text.length()) {
            clean.append('…');
        }
        return clean.toString();
    }
}
