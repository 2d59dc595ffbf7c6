package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.Lenient;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record AuditLogEvent(@JsonValue int value) {
    public static final AuditLogEvent GUILD_UPDATE = new AuditLogEvent(1);
    public static final AuditLogEvent CHANNEL_CREATE = new AuditLogEvent(10);
    public static final AuditLogEvent CHANNEL_UPDATE = new AuditLogEvent(11);
    public static final AuditLogEvent CHANNEL_DELETE = new AuditLogEvent(12);
    public static final AuditLogEvent CHANNEL_OVERWRITE_CREATE = new AuditLogEvent(13);
    public static final AuditLogEvent CHANNEL_OVERWRITE_UPDATE = new AuditLogEvent(14);
    public static final AuditLogEvent CHANNEL_OVERWRITE_DELETE = new AuditLogEvent(15);
    public static final AuditLogEvent MEMBER_KICK = new AuditLogEvent(20);
    public static final AuditLogEvent MEMBER_PRUNE = new AuditLogEvent(21);
    public static final AuditLogEvent MEMBER_BAN_ADD = new AuditLogEvent(22);
    public static final AuditLogEvent MEMBER_BAN_REMOVE = new AuditLogEvent(23);
    public static final AuditLogEvent MEMBER_UPDATE = new AuditLogEvent(24);
    public static final AuditLogEvent MEMBER_ROLE_UPDATE = new AuditLogEvent(25);
    public static final AuditLogEvent MEMBER_MOVE = new AuditLogEvent(26);
    public static final AuditLogEvent MEMBER_DISCONNECT = new AuditLogEvent(27);
    public static final AuditLogEvent BOT_ADD = new AuditLogEvent(28);
    public static final AuditLogEvent ROLE_CREATE = new AuditLogEvent(30);
    public static final AuditLogEvent ROLE_UPDATE = new AuditLogEvent(31);
    public static final AuditLogEvent ROLE_DELETE = new AuditLogEvent(32);
    public static final AuditLogEvent INVITE_CREATE = new AuditLogEvent(40);
    public static final AuditLogEvent INVITE_UPDATE = new AuditLogEvent(41);
    public static final AuditLogEvent INVITE_DELETE = new AuditLogEvent(42);
    public static final AuditLogEvent WEBHOOK_CREATE = new AuditLogEvent(50);
    public static final AuditLogEvent WEBHOOK_UPDATE = new AuditLogEvent(51);
    public static final AuditLogEvent WEBHOOK_DELETE = new AuditLogEvent(52);
    public static final AuditLogEvent EMOJI_CREATE = new AuditLogEvent(60);
    public static final AuditLogEvent EMOJI_UPDATE = new AuditLogEvent(61);
    public static final AuditLogEvent EMOJI_DELETE = new AuditLogEvent(62);
    public static final AuditLogEvent MESSAGE_DELETE = new AuditLogEvent(72);
    public static final AuditLogEvent MESSAGE_BULK_DELETE = new AuditLogEvent(73);
    public static final AuditLogEvent MESSAGE_PIN = new AuditLogEvent(74);
    public static final AuditLogEvent MESSAGE_UNPIN = new AuditLogEvent(75);
    public static final AuditLogEvent INTEGRATION_CREATE = new AuditLogEvent(80);
    public static final AuditLogEvent INTEGRATION_UPDATE = new AuditLogEvent(81);
    public static final AuditLogEvent INTEGRATION_DELETE = new AuditLogEvent(82);
    public static final AuditLogEvent STAGE_INSTANCE_CREATE = new AuditLogEvent(83);
    public static final AuditLogEvent STAGE_INSTANCE_UPDATE = new AuditLogEvent(84);
    public static final AuditLogEvent STAGE_INSTANCE_DELETE = new AuditLogEvent(85);
    public static final AuditLogEvent STICKER_CREATE = new AuditLogEvent(90);
    public static final AuditLogEvent STICKER_UPDATE = new AuditLogEvent(91);
    public static final AuditLogEvent STICKER_DELETE = new AuditLogEvent(92);
    public static final AuditLogEvent GUILD_SCHEDULED_EVENT_CREATE = new AuditLogEvent(100);
    public static final AuditLogEvent GUILD_SCHEDULED_EVENT_UPDATE = new AuditLogEvent(101);
    public static final AuditLogEvent GUILD_SCHEDULED_EVENT_DELETE = new AuditLogEvent(102);
    public static final AuditLogEvent THREAD_CREATE = new AuditLogEvent(110);
    public static final AuditLogEvent THREAD_UPDATE = new AuditLogEvent(111);
    public static final AuditLogEvent THREAD_DELETE = new AuditLogEvent(112);
    public static final AuditLogEvent APPLICATION_COMMAND_PERMISSION_UPDATE = new AuditLogEvent(121);
    public static final AuditLogEvent SOUNDBOARD_SOUND_CREATE = new AuditLogEvent(130);
    public static final AuditLogEvent SOUNDBOARD_SOUND_UPDATE = new AuditLogEvent(131);
    public static final AuditLogEvent SOUNDBOARD_SOUND_DELETE = new AuditLogEvent(132);
    public static final AuditLogEvent AUTO_MODERATION_RULE_CREATE = new AuditLogEvent(140);
    public static final AuditLogEvent AUTO_MODERATION_RULE_UPDATE = new AuditLogEvent(141);
    public static final AuditLogEvent AUTO_MODERATION_RULE_DELETE = new AuditLogEvent(142);
    public static final AuditLogEvent AUTO_MODERATION_BLOCK_MESSAGE = new AuditLogEvent(143);
    public static final AuditLogEvent AUTO_MODERATION_FLAG_TO_CHANNEL = new AuditLogEvent(144);
    public static final AuditLogEvent AUTO_MODERATION_USER_COMM_DISABLED = new AuditLogEvent(145);
    public static final AuditLogEvent AUTO_MODERATION_QUARANTINE_USER = new AuditLogEvent(146);
    public static final AuditLogEvent CREATOR_MONETIZATION_REQUEST_CREATED = new AuditLogEvent(150);
    public static final AuditLogEvent CREATOR_MONETIZATION_TERMS_ACCEPTED = new AuditLogEvent(151);
    public static final AuditLogEvent ONBOARDING_PROMPT_CREATE = new AuditLogEvent(163);
    public static final AuditLogEvent ONBOARDING_PROMPT_UPDATE = new AuditLogEvent(164);
    public static final AuditLogEvent ONBOARDING_PROMPT_DELETE = new AuditLogEvent(165);
    public static final AuditLogEvent ONBOARDING_CREATE = new AuditLogEvent(166);
    public static final AuditLogEvent ONBOARDING_UPDATE = new AuditLogEvent(167);
    public static final AuditLogEvent GUILD_HOME_FEATURE_ITEM = new AuditLogEvent(171);
    public static final AuditLogEvent GUILD_HOME_REMOVE_ITEM = new AuditLogEvent(172);
    public static final AuditLogEvent HARMFUL_LINKS_BLOCKED_MESSAGE = new AuditLogEvent(180);
    public static final AuditLogEvent HOME_SETTINGS_CREATE = new AuditLogEvent(190);
    public static final AuditLogEvent HOME_SETTINGS_UPDATE = new AuditLogEvent(191);
    public static final AuditLogEvent VOICE_CHANNEL_STATUS_CREATE = new AuditLogEvent(192);
    public static final AuditLogEvent VOICE_CHANNEL_STATUS_DELETE = new AuditLogEvent(193);
    /** Scheduled event exception was created */
    public static final AuditLogEvent GUILD_SCHEDULED_EVENT_EXCEPTION_CREATE = new AuditLogEvent(200);

    /** Scheduled event exception was updated */
    public static final AuditLogEvent GUILD_SCHEDULED_EVENT_EXCEPTION_UPDATE = new AuditLogEvent(201);

    /** Scheduled event exception was deleted */
    public static final AuditLogEvent GUILD_SCHEDULED_EVENT_EXCEPTION_DELETE = new AuditLogEvent(202);

    public static final AuditLogEvent GUILD_PROFILE_UPDATE = new AuditLogEvent(211);

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AuditLogEvent fromJson(long number) {
        return number == (int) number ? new AuditLogEvent((int) number) : null;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static @Nullable AuditLogEvent fromJson(String text) {
        Integer number = Lenient.number(text);
        return number == null ? null : new AuditLogEvent(number);
    }
}
