package dev.shardline.gateway.api;

/** Keeps a stranger's words short and on one line. */
final class Words {
    private static final int LIMIT = 120;

    private Words() {}

    static String clean(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), LIMIT) + 1);
        text.codePoints().limit(LIMIT).forEach(point -> {
            boolean harmless = !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.LINE_SEPARATOR
                    && Character.getType(point) != Character.PARAGRAPH_SEPARATOR;
            clean.appendCodePoint(harmless ? point : '?');
        });
        if (text.codePointCount(0, text.length()) > LIMIT) {
            clean.append('…');
        }
        return clean.toString();
    }
}
