package dev.shardline.gateway.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a bot wants to hear of. See Discord Docs/Gateway#gateway-intents. */
public enum Intent {
    /** Guilds, roles, channels, threads, stages. */
    GUILDS(0),
    /** Members joining, changing and leaving. Privileged. */
    GUILD_MEMBERS(1, true),
    /** Audit log and bans. */
    GUILD_MODERATION(2),
    /** Emojis, stickers, soundboard sounds. */
    GUILD_EXPRESSIONS(3),
    /** Integrations. */
    GUILD_INTEGRATIONS(4),
    /** Webhooks. */
    GUILD_WEBHOOKS(5),
    /** Invites. */
    GUILD_INVITES(6),
    /** Voice states. */
    GUILD_VOICE_STATES(7),
    /** Presences: the bulk of a large bot's traffic. Privileged. */
    GUILD_PRESENCES(8, true),
    /** Messages in guilds. */
    GUILD_MESSAGES(9),
    /** Reactions in guilds. */
    GUILD_MESSAGE_REACTIONS(10),
    /** Typing in guilds. */
    GUILD_MESSAGE_TYPING(11),
    /** Direct messages. */
    DIRECT_MESSAGES(12),
    /** Reactions in direct messages. */
    DIRECT_MESSAGE_REACTIONS(13),
    /** Typing in direct messages. */
    DIRECT_MESSAGE_TYPING(14),
    /** No events of its own: fills the content fields of messages. Privileged. */
    MESSAGE_CONTENT(15, true),
    /** Scheduled events. */
    GUILD_SCHEDULED_EVENTS(16),
    /** Auto moderation rules. */
    AUTO_MODERATION_CONFIGURATION(20),
    /** Auto moderation actions. */
    AUTO_MODERATION_EXECUTION(21),
    /** Poll votes in guilds. */
    GUILD_MESSAGE_POLLS(24),
    /** Poll votes in direct messages. */
    DIRECT_MESSAGE_POLLS(25);

    private final long bit;
    private final boolean privileged;

    Intent(int position) {
        this(position, false);
    }

    Intent(int position, boolean privileged) {
        this.bit = 1L << position;
        this.privileged = privileged;
    }

    /** Its value in the {@code intents} number. */
    public long bit() {
        return bit;
    }

    /** True when the bot's owner must enable it in the Developer Portal; without that IDENTIFY ends with 4014. */
    public boolean privileged() {
        return privileged;
    }

    /**
     * The {@code intents} number of a list of names.
     *
     * <p>Names are read without regard to case, with {@code -} for {@code _}, blanks around them ignored. A number is
     * taken as it is, so that intents which Discord adds tomorrow can be used today.
     *
     * @throws IllegalArgumentException naming the unknown intent and the valid one that is closest to it
     */
    public static long bits(Collection<String> names) {
        long bits = 0;
        for (String name : names) {
            bits |= bits(name);
        }
        return bits;
    }

    private static long bits(String raw) {
        String name = raw.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (Intent intent : values()) {
            if (intent.name().equals(name)) {
                return intent.bit;
            }
        }
        if (name.matches("[0-9]{1,18}")) {
            return Long.parseLong(name);
        }
        throw new IllegalArgumentException("unknown intent \"" + raw.strip() + "\": did you mean "
                + closest(name).name() + "? Valid are "
                + Stream.of(values()).map(Enum::name).collect(Collectors.joining(", ")));
    }

    /** The documented intents in a number, in Discord's order. */
    public static Set<Intent> of(long bits) {
        Set<Intent> found = EnumSet.noneOf(Intent.class);
        for (Intent intent : values()) {
            if ((bits & intent.bit) != 0) {
                found.add(intent);
            }
        }
        return found;
    }

    /** The names in a number, undocumented bits as {@code 1<<n}. For people. */
    public static List<String> names(long bits) {
        long rest = bits;
        List<String> names = new ArrayList<>();
        for (Intent intent : of(bits)) {
            names.add(intent.name());
            rest &= ~intent.bit;
        }
        for (int position = 0; position < Long.SIZE; position++) {
            if ((rest & (1L << position)) != 0) {
                names.add("1<<" + position);
            }
        }
        return List.copyOf(names);
    }

    private static Intent closest(String name) {
        Intent best = GUILDS;
        int least = Integer.MAX_VALUE;
        for (Intent intent : values()) {
            int distance = distance(name, intent.name());
            if (distance < least) {
                least = distance;
                best = intent;
            }
        }
        return best;
    }

    /** Levenshtein's distance: how many letters must change to turn one word into the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
