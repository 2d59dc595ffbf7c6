package dev.shardline.discord.event;

import dev.shardline.discord.GatewayEvent;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.annotation.processing.Generated;

/** Which record belongs to which event. */
@Generated("dev.shardline.discord.generator")
public final class GatewayEvents {
    private static final Map<String, Class<? extends GatewayEvent>> TYPES = Map.ofEntries(
            Map.entry(ApplicationCommandPermissionsUpdate.NAME, ApplicationCommandPermissionsUpdate.class),
            Map.entry(AutoModerationActionExecution.NAME, AutoModerationActionExecution.class),
            Map.entry(AutoModerationRuleCreate.NAME, AutoModerationRuleCreate.class),
            Map.entry(AutoModerationRuleDelete.NAME, AutoModerationRuleDelete.class),
            Map.entry(AutoModerationRuleUpdate.NAME, AutoModerationRuleUpdate.class),
            Map.entry(ChannelCreate.NAME, ChannelCreate.class),
            Map.entry(ChannelDelete.NAME, ChannelDelete.class),
            Map.entry(ChannelInfo.NAME, ChannelInfo.class),
            Map.entry(ChannelPinsUpdate.NAME, ChannelPinsUpdate.class),
            Map.entry(ChannelUpdate.NAME, ChannelUpdate.class),
            Map.entry(EntitlementCreate.NAME, EntitlementCreate.class),
            Map.entry(EntitlementDelete.NAME, EntitlementDelete.class),
            Map.entry(EntitlementUpdate.NAME, EntitlementUpdate.class),
            Map.entry(GuildAuditLogEntryCreate.NAME, GuildAuditLogEntryCreate.class),
            Map.entry(GuildBanAdd.NAME, GuildBanAdd.class),
            Map.entry(GuildBanRemove.NAME, GuildBanRemove.class),
            Map.entry(GuildCreate.NAME, GuildCreate.class),
            Map.entry(GuildDelete.NAME, GuildDelete.class),
            Map.entry(GuildEmojisUpdate.NAME, GuildEmojisUpdate.class),
            Map.entry(GuildIntegrationsUpdate.NAME, GuildIntegrationsUpdate.class),
            Map.entry(GuildJoinRequestCreate.NAME, GuildJoinRequestCreate.class),
            Map.entry(GuildJoinRequestDelete.NAME, GuildJoinRequestDelete.class),
            Map.entry(GuildJoinRequestUpdate.NAME, GuildJoinRequestUpdate.class),
            Map.entry(GuildMembersChunk.NAME, GuildMembersChunk.class),
            Map.entry(GuildMemberAdd.NAME, GuildMemberAdd.class),
            Map.entry(GuildMemberRemove.NAME, GuildMemberRemove.class),
            Map.entry(GuildMemberUpdate.NAME, GuildMemberUpdate.class),
            Map.entry(GuildRoleCreate.NAME, GuildRoleCreate.class),
            Map.entry(GuildRoleDelete.NAME, GuildRoleDelete.class),
            Map.entry(GuildRoleUpdate.NAME, GuildRoleUpdate.class),
            Map.entry(GuildScheduledEventCreate.NAME, GuildScheduledEventCreate.class),
            Map.entry(GuildScheduledEventDelete.NAME, GuildScheduledEventDelete.class),
            Map.entry(GuildScheduledEventUpdate.NAME, GuildScheduledEventUpdate.class),
            Map.entry(GuildScheduledEventUserAdd.NAME, GuildScheduledEventUserAdd.class),
            Map.entry(GuildScheduledEventUserRemove.NAME, GuildScheduledEventUserRemove.class),
            Map.entry(GuildSoundboardSoundsUpdate.NAME, GuildSoundboardSoundsUpdate.class),
            Map.entry(GuildSoundboardSoundCreate.NAME, GuildSoundboardSoundCreate.class),
            Map.entry(GuildSoundboardSoundDelete.NAME, GuildSoundboardSoundDelete.class),
            Map.entry(GuildSoundboardSoundUpdate.NAME, GuildSoundboardSoundUpdate.class),
            Map.entry(GuildStickersUpdate.NAME, GuildStickersUpdate.class),
            Map.entry(GuildUpdate.NAME, GuildUpdate.class),
            Map.entry(IntegrationCreate.NAME, IntegrationCreate.class),
            Map.entry(IntegrationDelete.NAME, IntegrationDelete.class),
            Map.entry(IntegrationUpdate.NAME, IntegrationUpdate.class),
            Map.entry(InteractionCreate.NAME, InteractionCreate.class),
            Map.entry(InviteCreate.NAME, InviteCreate.class),
            Map.entry(InviteDelete.NAME, InviteDelete.class),
            Map.entry(MessageCreate.NAME, MessageCreate.class),
            Map.entry(MessageDelete.NAME, MessageDelete.class),
            Map.entry(MessageDeleteBulk.NAME, MessageDeleteBulk.class),
            Map.entry(MessagePollVoteAdd.NAME, MessagePollVoteAdd.class),
            Map.entry(MessagePollVoteRemove.NAME, MessagePollVoteRemove.class),
            Map.entry(MessageReactionAdd.NAME, MessageReactionAdd.class),
            Map.entry(MessageReactionRemove.NAME, MessageReactionRemove.class),
            Map.entry(MessageReactionRemoveAll.NAME, MessageReactionRemoveAll.class),
            Map.entry(MessageReactionRemoveEmoji.NAME, MessageReactionRemoveEmoji.class),
            Map.entry(MessageUpdate.NAME, MessageUpdate.class),
            Map.entry(PresenceUpdate.NAME, PresenceUpdate.class),
            Map.entry(RateLimited.NAME, RateLimited.class),
            Map.entry(Ready.NAME, Ready.class),
            Map.entry(Resumed.NAME, Resumed.class),
            Map.entry(SoundboardSounds.NAME, SoundboardSounds.class),
            Map.entry(StageInstanceCreate.NAME, StageInstanceCreate.class),
            Map.entry(StageInstanceDelete.NAME, StageInstanceDelete.class),
            Map.entry(StageInstanceUpdate.NAME, StageInstanceUpdate.class),
            Map.entry(SubscriptionCreate.NAME, SubscriptionCreate.class),
            Map.entry(SubscriptionDelete.NAME, SubscriptionDelete.class),
            Map.entry(SubscriptionUpdate.NAME, SubscriptionUpdate.class),
            Map.entry(ThreadCreate.NAME, ThreadCreate.class),
            Map.entry(ThreadDelete.NAME, ThreadDelete.class),
            Map.entry(ThreadListSync.NAME, ThreadListSync.class),
            Map.entry(ThreadMembersUpdate.NAME, ThreadMembersUpdate.class),
            Map.entry(ThreadMemberUpdate.NAME, ThreadMemberUpdate.class),
            Map.entry(ThreadUpdate.NAME, ThreadUpdate.class),
            Map.entry(TypingStart.NAME, TypingStart.class),
            Map.entry(UserUpdate.NAME, UserUpdate.class),
            Map.entry(VoiceChannelEffectSend.NAME, VoiceChannelEffectSend.class),
            Map.entry(VoiceChannelStartTimeUpdate.NAME, VoiceChannelStartTimeUpdate.class),
            Map.entry(VoiceChannelStatusUpdate.NAME, VoiceChannelStatusUpdate.class),
            Map.entry(VoiceServerUpdate.NAME, VoiceServerUpdate.class),
            Map.entry(VoiceStateUpdate.NAME, VoiceStateUpdate.class),
            Map.entry(WebhooksUpdate.NAME, WebhooksUpdate.class));

    private static final Map<Class<? extends GatewayEvent>, String> NAMES =
            TYPES.entrySet().stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

    private GatewayEvents() {}

    /** All events that have a record, by their names. */
    public static Map<String, Class<? extends GatewayEvent>> all() {
        return TYPES;
    }

    /** The record of the event with this name; none if this version does not know it. */
    public static Optional<Class<? extends GatewayEvent>> typeOf(String eventName) {
        return Optional.ofNullable(TYPES.get(eventName));
    }

    /**
     * The name of the event that has this record.
     *
     * @throws IllegalArgumentException if it is not the record of one event
     */
    public static String nameOf(Class<? extends GatewayEvent> type) {
        String name = NAMES.get(type);
        if (name == null) {
            throw new IllegalArgumentException(type.getName() + " is not the record of one event");
        }
        return name;
    }
}
