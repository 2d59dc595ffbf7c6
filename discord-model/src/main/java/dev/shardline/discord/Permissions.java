package dev.shardline.discord;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A set of permissions, of any size: Discord adds to them, and a JSON number or a long would not hold them for ever.
 *
 * <p>Read from a JSON string or number; written as a string. See Discord Docs/Permissions.
 *
 * @param bits one bit for each permission, not negative
 */
public record Permissions(BigInteger bits) {
    public static final Permissions NONE = new Permissions(BigInteger.ZERO);
    public static final Permissions CREATE_INSTANT_INVITE = bit(0);
    public static final Permissions KICK_MEMBERS = bit(1);
    public static final Permissions BAN_MEMBERS = bit(2);
    public static final Permissions ADMINISTRATOR = bit(3);
    public static final Permissions MANAGE_CHANNELS = bit(4);
    public static final Permissions MANAGE_GUILD = bit(5);
    public static final Permissions ADD_REACTIONS = bit(6);
    public static final Permissions VIEW_AUDIT_LOG = bit(7);
    public static final Permissions PRIORITY_SPEAKER = bit(8);
    public static final Permissions STREAM = bit(9);
    public static final Permissions VIEW_CHANNEL = bit(10);
    public static final Permissions SEND_MESSAGES = bit(11);
    public static final Permissions SEND_TTS_MESSAGES = bit(12);
    public static final Permissions MANAGE_MESSAGES = bit(13);
    public static final Permissions EMBED_LINKS = bit(14);
    public static final Permissions ATTACH_FILES = bit(15);
    public static final Permissions READ_MESSAGE_HISTORY = bit(16);
    public static final Permissions MENTION_EVERYONE = bit(17);
    public static final Permissions USE_EXTERNAL_EMOJIS = bit(18);
    public static final Permissions VIEW_GUILD_INSIGHTS = bit(19);
    public static final Permissions CONNECT = bit(20);
    public static final Permissions SPEAK = bit(21);
    public static final Permissions MUTE_MEMBERS = bit(22);
    public static final Permissions DEAFEN_MEMBERS = bit(23);
    public static final Permissions MOVE_MEMBERS = bit(24);
    public static final Permissions USE_VAD = bit(25);
    public static final Permissions CHANGE_NICKNAME = bit(26);
    public static final Permissions MANAGE_NICKNAMES = bit(27);
    public static final Permissions MANAGE_ROLES = bit(28);
    public static final Permissions MANAGE_WEBHOOKS = bit(29);
    public static final Permissions MANAGE_GUILD_EXPRESSIONS = bit(30);
    public static final Permissions USE_APPLICATION_COMMANDS = bit(31);
    public static final Permissions REQUEST_TO_SPEAK = bit(32);
    public static final Permissions MANAGE_EVENTS = bit(33);
    public static final Permissions MANAGE_THREADS = bit(34);
    public static final Permissions CREATE_PUBLIC_THREADS = bit(35);
    public static final Permissions CREATE_PRIVATE_THREADS = bit(36);
    public static final Permissions USE_EXTERNAL_STICKERS = bit(37);
    public static final Permissions SEND_MESSAGES_IN_THREADS = bit(38);
    public static final Permissions USE_EMBEDDED_ACTIVITIES = bit(39);
    public static final Permissions MODERATE_MEMBERS = bit(40);
    public static final Permissions VIEW_CREATOR_MONETIZATION_ANALYTICS = bit(41);
    public static final Permissions USE_SOUNDBOARD = bit(42);
    public static final Permissions CREATE_GUILD_EXPRESSIONS = bit(43);
    public static final Permissions CREATE_EVENTS = bit(44);
    public static final Permissions USE_EXTERNAL_SOUNDS = bit(45);
    public static final Permissions SEND_VOICE_MESSAGES = bit(46);
    public static final Permissions SEND_POLLS = bit(49);
    public static final Permissions USE_EXTERNAL_APPS = bit(50);
    public static final Permissions PIN_MESSAGES = bit(51);
    public static final Permissions BYPASS_SLOWMODE = bit(52);

    /**
     * The set with these bits.
     *
     * @throws IllegalArgumentException if negative
     */
    public Permissions {
        if (bits.signum() < 0) {
            throw new IllegalArgumentException("permissions must not be negative, were " + bits);
        }
    }

    private static Permissions bit(int position) {
        return new Permissions(BigInteger.ONE.shiftLeft(position));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Permissions fromJson(String text) {
        try {
            return fromJson(new BigInteger(text));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Permissions fromJson(long number) {
        return fromJson(BigInteger.valueOf(number));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable Permissions fromJson(@Nullable BigInteger number) {
        return number == null || number.signum() < 0 ? null : new Permissions(number);
    }

    /** Whether all of {@code others} are in this set. Administrators have no special place here. */
    public boolean containsAll(Permissions others) {
        return bits.and(others.bits).equals(others.bits);
    }

    /** This set and {@code others}. */
    public Permissions plus(Permissions others) {
        return new Permissions(bits.or(others.bits));
    }

    /** This set without {@code others}. */
    public Permissions minus(Permissions others) {
        return new Permissions(bits.andNot(others.bits));
    }

    /** The decimal number, as Discord writes it. */
    @Override
    @JsonValue
    public String toString() {
        return bits.toString();
    }
}
