package dev.shardline.gateway.filter;

import dev.shardline.contract.EventTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is left out at the source. Immutable; every list is empty and every switch off in {@link #NONE}, the default.
 *
 * <p>Event names are those that this version knows, {@link #OTHER} for all that it does not know, or {@code OTHER.NAME}.
 *
 * @param allow event names, and only these are published; empty for all
 * @param deny event names that are not published; wins over {@code allow}
 * @param loadedGuilds whether a GUILD_CREATE is left out that only brings a guild which READY has named, or which was
 *     unavailable: what remains are the guilds that the bot has joined
 * @param outages whether a GUILD_DELETE with {@code unavailable} true is left out: what remains are the guilds that the
 *     bot has left
 * @param unchangedMessages whether a MESSAGE_UPDATE is left out that has neither {@code edited_timestamp} nor a poll nor
 *     an interaction: Discord only added a link preview, or a pin or flag changed
 * @param prefixes a MESSAGE_CREATE of a guild is left out when its content begins with none of these; empty for all. A
 *     message whose content is absent or empty, as it is without the intent MESSAGE_CONTENT, is never left out
 * @param mentionIsPrefix whether a mention of the bot counts as one of the prefixes
 * @param trim fields of {@code d} that are taken out, by event name; {@code *} holds for every event. A field is named by
 *     its path, as {@code author.avatar}; a step into an array means each of its elements
 */
public record FilterSettings(
        Set<String> allow,
        Set<String> deny,
        boolean loadedGuilds,
        boolean outages,
        boolean unchangedMessages,
        List<String> prefixes,
        boolean mentionIsPrefix,
        Map<String, Set<String>> trim) {
    /** Leaves nothing out. */
    public static final FilterSettings NONE =
            new FilterSettings(Set.of(), Set.of(), false, false, false, List.of(), false, Map.of());
    /** The name in {@link #trim} that stands for every event. */
    public static final String EVERY_EVENT = "*";

    /**
     * Stands for every event that this version does not know; {@code OTHER.} before a name for the one with that name, whether
     * it is known or not.
     */
    public static final String OTHER = EventTypes.OTHER;

    private static final String ONE_OTHER = OTHER + '.';
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){0,7}");
    private static final int MOST_PREFIXES = 32;
    private static final int LONGEST_PREFIX = 64;

    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException naming the value and the mend
     */
    public FilterSettings {
        allow = Set.copyOf(allow);
        deny = Set.copyOf(deny);
        prefixes = List.copyOf(prefixes);
        allow.forEach(name -> requireName("allow", name));
        deny.forEach(name -> requireName("deny", name));
        if (prefixes.size() > MOST_PREFIXES) {
            throw new IllegalArgumentException(
                    "prefixes must be at most " + MOST_PREFIXES + ", were " + prefixes.size());
        }
        for (String prefix : prefixes) {
            if (prefix.isEmpty() || prefix.length() > LONGEST_PREFIX) {
                throw new IllegalArgumentException(
                        "prefixes must have 1 to " + LONGEST_PREFIX + " characters each, was \"" + prefix + "\"");
            }
        }
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        trim.forEach((event, paths) -> {
            if (!event.equals(EVERY_EVENT)) {
                requireName("trim", event);
            }
            paths.forEach(FilterSettings::requirePath);
            if (!paths.isEmpty()) {
                copy.put(event, Set.copyOf(paths));
            }
        });
        trim = Map.copyOf(copy);
    }

    /**
     * Reads {@code EVENT:path+path}, one event each; {@code *:path} for every event.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    public static Map<String, Set<String>> parseTrim(List<String> texts) {
        Map<String, Set<String>> trim = new LinkedHashMap<>();
        for (String text : texts) {
            int colon = text.indexOf(':');
            if (colon < 1 || colon == text.length() - 1) {
                throw new IllegalArgumentException("trim must be EVENT:path+path, was \"" + text + "\"");
            }
            Set<String> paths = trim.computeIfAbsent(text.substring(0, colon).strip(), name -> new LinkedHashSet<>());
            for (String path : text.substring(colon + 1).split("\\+", -1)) {
                paths.add(requirePath(path.strip()));
            }
        }
        return trim;
    }

    /** Whether nothing is left out. */
    public boolean isNone() {
        // A mention alone leaves nothing out: it counts only beside a prefix.
        return new FilterSettings(allow, deny, loadedGuilds, outages, unchangedMessages, prefixes, false, trim)
                .equals(NONE);
    }

    /** What is on, in a few words, for the log and the audit. */
    @Override
    public String toString() {
        List<String> on = new ArrayList<>();
        Consumer<String> add = on::add;
        if (!allow.isEmpty()) {
            add.accept("allow " + allow.stream().sorted().toList());
        }
        if (!deny.isEmpty()) {
            add.accept("deny " + deny.stream().sorted().toList());
        }
        if (loadedGuilds) {
            add.accept("loaded guilds");
        }
        if (outages) {
            add.accept("outages");
        }
        if (unchangedMessages) {
            add.accept("unchanged messages");
        }
        if (!prefixes.isEmpty()) {
            add.accept("prefixes " + prefixes + (mentionIsPrefix ? " or a mention" : ""));
        }
        if (!trim.isEmpty()) {
            add.accept("trim " + trim);
        }
        return on.isEmpty() ? "nothing" : String.join(", ", on);
    }

    /** The name of the event that is meant: without {@code OTHER.} when that stands before it. */
    static String bare(String name) {
        return name.startsWith(ONE_OTHER) ? name.substring(ONE_OTHER.length()) : name;
    }

    private static void requireName(String where, String name) {
        String bare = bare(name);
        if (!NAME.matcher(bare).matches()) {
            throw new IllegalArgumentException(where + " must hold names of events in capitals, was \"" + name + "\"");
        }
        if (name.equals(bare) && !EventTypes.KNOWN.contains(name) && !name.equals(OTHER)) {
            throw new IllegalArgumentException(where + " names \"" + name
                    + "\", which is no event of Discord's gateway that this version knows; "
                    + closest(name).map(known -> "did you mean " + known + "? ").orElse("") + "Write " + ONE_OTHER
                    + name + " for one that it does not know, or " + OTHER
                    + " for all of those");
        }
    }

    /** The known name that differs in the fewest letters, if those are few. */
    private static Optional<String> closest(String name) {
        return EventTypes.KNOWN.stream()
                .sorted()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .filter(known -> distance(name, known) <= 3);
    }

    /** How many letters must be put in, taken out or changed to make one name of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    private static String requirePath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "trim must hold 1 to 8 field names joined by dots, as author.avatar, was \"" + path + "\"");
        }
        return path;
    }
}
