package dev.shardline.simulator.gateway;

import java.util.HashMap;
import java.util.Map;

/** The table of events and intents. See Discord Docs/Gateway, "List of Intents". Reactor's thread only. */
final class EventKinds {
    private final Map<String, EventKind> kinds = new HashMap<>();

    EventKinds() {
        guild(
                1,
                "GUILD_CREATE GUILD_UPDATE GUILD_DELETE GUILD_ROLE_CREATE GUILD_ROLE_UPDATE GUILD_ROLE_DELETE"
                        + " CHANNEL_CREATE CHANNEL_UPDATE CHANNEL_DELETE THREAD_CREATE THREAD_UPDATE THREAD_DELETE"
                        + " THREAD_LIST_SYNC THREAD_MEMBER_UPDATE STAGE_INSTANCE_CREATE STAGE_INSTANCE_UPDATE"
                        + " STAGE_INSTANCE_DELETE VOICE_CHANNEL_STATUS_UPDATE VOICE_CHANNEL_START_TIME_UPDATE");
        guild(1 | 1 << 1, "THREAD_MEMBERS_UPDATE");
        guild(1 << 1, "GUILD_MEMBER_ADD GUILD_MEMBER_UPDATE GUILD_MEMBER_REMOVE");
        guild(
                1 << 2,
                "GUILD_AUDIT_LOG_ENTRY_CREATE GUILD_BAN_ADD GUILD_BAN_REMOVE GUILD_JOIN_REQUEST_CREATE"
                        + " GUILD_JOIN_REQUEST_UPDATE GUILD_JOIN_REQUEST_DELETE");
        guild(
                1 << 3,
                "GUILD_EMOJIS_UPDATE GUILD_STICKERS_UPDATE GUILD_SOUNDBOARD_SOUND_CREATE"
                        + " GUILD_SOUNDBOARD_SOUND_UPDATE GUILD_SOUNDBOARD_SOUND_DELETE GUILD_SOUNDBOARD_SOUNDS_UPDATE");
        guild(1 << 4, "GUILD_INTEGRATIONS_UPDATE INTEGRATION_CREATE INTEGRATION_UPDATE INTEGRATION_DELETE");
        guild(1 << 5, "WEBHOOKS_UPDATE");
        guild(1 << 6, "INVITE_CREATE INVITE_DELETE");
        guild(1 << 7, "VOICE_STATE_UPDATE VOICE_CHANNEL_EFFECT_SEND");
        guild(1 << 8, "PRESENCE_UPDATE");
        guild(
                1 << 16,
                "GUILD_SCHEDULED_EVENT_CREATE GUILD_SCHEDULED_EVENT_UPDATE GUILD_SCHEDULED_EVENT_DELETE"
                        + " GUILD_SCHEDULED_EVENT_USER_ADD GUILD_SCHEDULED_EVENT_USER_REMOVE");
        guild(1 << 20, "AUTO_MODERATION_RULE_CREATE AUTO_MODERATION_RULE_UPDATE AUTO_MODERATION_RULE_DELETE");
        guild(1 << 21, "AUTO_MODERATION_ACTION_EXECUTION");
        both(1 << 9, 1 << 12, "MESSAGE_CREATE MESSAGE_UPDATE MESSAGE_DELETE MESSAGE_DELETE_BULK");
        both(
                1 << 10,
                1 << 13,
                "MESSAGE_REACTION_ADD MESSAGE_REACTION_REMOVE MESSAGE_REACTION_REMOVE_ALL"
                        + " MESSAGE_REACTION_REMOVE_EMOJI");
        both(1 << 11, 1 << 14, "TYPING_START");
        both(1 << 24, 1 << 25, "MESSAGE_POLL_VOTE_ADD MESSAGE_POLL_VOTE_REMOVE");
        both(1, 1 << 12, "CHANNEL_PINS_UPDATE");
        for (String name : ("ENTITLEMENT_CREATE ENTITLEMENT_UPDATE ENTITLEMENT_DELETE SUBSCRIPTION_CREATE"
                        + " SUBSCRIPTION_UPDATE SUBSCRIPTION_DELETE USER_UPDATE")
                .split(" ", -1)) {
            kinds.put(name, new EventKind(name, 0, 0, true));
        }
    }

    private void guild(int intents, String names) {
        both(intents, 0, names);
    }

    private void both(int guildIntents, int directIntents, String names) {
        for (String name : names.split(" ", -1)) {
            kinds.put(name, new EventKind(name, guildIntents, directIntents, false));
        }
    }

    /** Unknown events need no intent. */
    EventKind of(String name) {
        return kinds.computeIfAbsent(name, unknown -> new EventKind(unknown, 0, 0, false));
    }
}
