package dev.shardline.sdk.guild;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events cannot arrive under a gateway's intents. Pure function. See Discord Docs/Gateway#list-of-intents.
 *
 * <p>An event that needs one of several intents is possible with any of them. Events that no intent governs are always
 * possible.
 */
public final class IntentCheck {
    private static final long GUILDS = 1;
    private static final long GUILD_MEMBERS = 1 << 1;
    private static final long GUILD_MODERATION = 1 << 2;
    private static final long GUILD_EXPRESSIONS = 1 << 3;
    private static final long GUILD_INTEGRATIONS = 1 << 4;
    private static final long GUILD_WEBHOOKS = 1 << 5;
    private static final long GUILD_INVITES = 1 << 6;
    private static final long GUILD_VOICE_STATES = 1 << 7;
    private static final long GUILD_PRESENCES = 1 << 8;
    private static final long MESSAGES = 1 << 9 | 1 << 12;
    private static final long REACTIONS = 1 << 10 | 1 << 13;
    private static final long TYPING = 1 << 11 | 1 << 14;
    private static final long GUILD_SCHEDULED_EVENTS = 1 << 16;
    private static final long AUTO_MODERATION_CONFIGURATION = 1 << 20;
    private static final long AUTO_MODERATION_EXECUTION = 1 << 21;
    private static final long POLLS = 1 << 24 | 1 << 25;

    private static final Map<String, Long> NEEDED = Map.ofEntries(
            Map.entry("GUILD_CREATE", GUILDS),
            Map.entry("GUILD_UPDATE", GUILDS),
            Map.entry("GUILD_DELETE", GUILDS),
            Map.entry("GUILD_ROLE_CREATE", GUILDS),
            Map.entry("GUILD_ROLE_UPDATE", GUILDS),
            Map.entry("GUILD_ROLE_DELETE", GUILDS),
            Map.entry("CHANNEL_CREATE", GUILDS),
            Map.entry("CHANNEL_UPDATE", GUILDS),
            Map.entry("CHANNEL_DELETE", GUILDS),
            Map.entry("CHANNEL_PINS_UPDATE", GUILDS | 1 << 12),
            Map.entry("THREAD_CREATE", GUILDS),
            Map.entry("THREAD_UPDATE", GUILDS),
            Map.entry("THREAD_DELETE", GUILDS),
            Map.entry("THREAD_LIST_SYNC", GUILDS),
            Map.entry("THREAD_MEMBER_UPDATE", GUILDS),
            Map.entry("THREAD_MEMBERS_UPDATE", GUILDS | GUILD_MEMBERS),
            Map.entry("STAGE_INSTANCE_CREATE", GUILDS),
            Map.entry("STAGE_INSTANCE_UPDATE", GUILDS),
            Map.entry("STAGE_INSTANCE_DELETE", GUILDS),
            Map.entry("GUILD_MEMBER_ADD", GUILD_MEMBERS),
            Map.entry("GUILD_MEMBER_UPDATE", GUILD_MEMBERS),
            Map.entry("GUILD_MEMBER_REMOVE", GUILD_MEMBERS),
            Map.entry("GUILD_AUDIT_LOG_ENTRY_CREATE", GUILD_MODERATION),
            Map.entry("GUILD_BAN_ADD", GUILD_MODERATION),
            Map.entry("GUILD_BAN_REMOVE", GUILD_MODERATION),
            Map.entry("GUILD_EMOJIS_UPDATE", GUILD_EXPRESSIONS),
            Map.entry("GUILD_STICKERS_UPDATE", GUILD_EXPRESSIONS),
            Map.entry("GUILD_SOUNDBOARD_SOUND_CREATE", GUILD_EXPRESSIONS),
            Map.entry("GUILD_SOUNDBOARD_SOUND_UPDATE", GUILD_EXPRESSIONS),
            Map.entry("GUILD_SOUNDBOARD_SOUND_DELETE", GUILD_EXPRESSIONS),
            Map.entry("GUILD_SOUNDBOARD_SOUNDS_UPDATE", GUILD_EXPRESSIONS),
            Map.entry("GUILD_INTEGRATIONS_UPDATE", GUILD_INTEGRATIONS),
            Map.entry("INTEGRATION_CREATE", GUILD_INTEGRATIONS),
            Map.entry("INTEGRATION_UPDATE", GUILD_INTEGRATIONS),
            Map.entry("INTEGRATION_DELETE", GUILD_INTEGRATIONS),
            Map.entry("WEBHOOKS_UPDATE", GUILD_WEBHOOKS),
            Map.entry("INVITE_CREATE", GUILD_INVITES),
            Map.entry("INVITE_DELETE", GUILD_INVITES),
            Map.entry("VOICE_STATE_UPDATE", GUILD_VOICE_STATES),
            Map.entry("VOICE_CHANNEL_EFFECT_SEND", GUILD_VOICE_STATES),
            Map.entry("PRESENCE_UPDATE", GUILD_PRESENCES),
            Map.entry("MESSAGE_CREATE", MESSAGES),
            Map.entry("MESSAGE_UPDATE", MESSAGES),
            Map.entry("MESSAGE_DELETE", MESSAGES),
            Map.entry("MESSAGE_DELETE_BULK", 1L << 9),
            Map.entry("MESSAGE_REACTION_ADD", REACTIONS),
            Map.entry("MESSAGE_REACTION_REMOVE", REACTIONS),
            Map.entry("MESSAGE_REACTION_REMOVE_ALL", REACTIONS),
            Map.entry("MESSAGE_REACTION_REMOVE_EMOJI", REACTIONS),
            Map.entry("TYPING_START", TYPING),
            Map.entry("GUILD_SCHEDULED_EVENT_CREATE", GUILD_SCHEDULED_EVENTS),
            Map.entry("GUILD_SCHEDULED_EVENT_UPDATE", GUILD_SCHEDULED_EVENTS),
            Map.entry("GUILD_SCHEDULED_EVENT_DELETE", GUILD_SCHEDULED_EVENTS),
            Map.entry("GUILD_SCHEDULED_EVENT_USER_ADD", GUILD_SCHEDULED_EVENTS),
            Map.entry("GUILD_SCHEDULED_EVENT_USER_REMOVE", GUILD_SCHEDULED_EVENTS),
            Map.entry("AUTO_MODERATION_RULE_CREATE", AUTO_MODERATION_CONFIGURATION),
            Map.entry("AUTO_MODERATION_RULE_UPDATE", AUTO_MODERATION_CONFIGURATION),
            Map.entry("AUTO_MODERATION_RULE_DELETE", AUTO_MODERATION_CONFIGURATION),
            Map.entry("AUTO_MODERATION_ACTION_EXECUTION", AUTO_MODERATION_EXECUTION),
            Map.entry("MESSAGE_POLL_VOTE_ADD", POLLS),
            Map.entry("MESSAGE_POLL_VOTE_REMOVE", POLLS));

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "GUILDS"),
            Map.entry(1, "GUILD_MEMBERS"),
            Map.entry(2, "GUILD_MODERATION"),
            Map.entry(3, "GUILD_EXPRESSIONS"),
            Map.entry(4, "GUILD_INTEGRATIONS"),
            Map.entry(5, "GUILD_WEBHOOKS"),
            Map.entry(6, "GUILD_INVITES"),
            Map.entry(7, "GUILD_VOICE_STATES"),
            Map.entry(8, "GUILD_PRESENCES"),
            Map.entry(9, "GUILD_MESSAGES"),
            Map.entry(10, "GUILD_MESSAGE_REACTIONS"),
            Map.entry(11, "GUILD_MESSAGE_TYPING"),
            Map.entry(12, "DIRECT_MESSAGES"),
            Map.entry(13, "DIRECT_MESSAGE_REACTIONS"),
            Map.entry(14, "DIRECT_MESSAGE_TYPING"),
            Map.entry(15, "MESSAGE_CONTENT"),
            Map.entry(16, "GUILD_SCHEDULED_EVENTS"),
            Map.entry(20, "AUTO_MODERATION_CONFIGURATION"),
            Map.entry(21, "AUTO_MODERATION_EXECUTION"),
            Map.entry(24, "GUILD_MESSAGE_POLLS"),
            Map.entry(25, "DIRECT_MESSAGE_POLLS"));

    private IntentCheck() {}

    /** Discord's names of the bits, by which gateways are told their intents. */
    public static List<String> names(long bits) {
        List<String> names = new ArrayList<>();
        for (int bit = 0; bit < 64; bit++) {
            if ((bits >>> bit & 1) == 1) {
                String name = NAMES.get(bit);
                names.add(name == null ? "1<<" + bit : name);
            }
        }
        return names;
    }

    /**
     * The events that cannot arrive.
     *
     * @param events names of the subscribed events
     * @param intents the gateway's intents as Discord's bit field
     * @return each impossible event with the bits of which one would do; empty when all is well
     */
    public static Map<String, Long> impossible(Set<String> events, long intents) {
        Map<String, Long> impossible = new LinkedHashMap<>();
        for (String event : new java.util.TreeSet<>(events)) {
            Long needed = NEEDED.get(event);
            if (needed != null && (needed & intents) == 0) {
                impossible.put(event, needed);
            }
        }
        return impossible;
    }
}
