package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A message. Content, embeds, attachments, components and poll are empty without the MESSAGE_CONTENT intent. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Message(
        @Nullable MessageType type,
        @Nullable String content,
        @Nullable List<User> mentions,
        @JsonProperty("mention_roles") @Nullable List<Snowflake> mentionRoles,
        @Nullable List<Attachment> attachments,
        @Nullable List<Embed> embeds,
        @Nullable Timestamp timestamp,
        @JsonProperty("edited_timestamp") @Nullable Timestamp editedTimestamp,
        @Nullable Long flags,
        @Nullable List<Component> components,
        @Nullable List<Sticker> stickers,
        @JsonProperty("sticker_items") @Nullable List<Sticker> stickerItems,
        @Nullable Snowflake id,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @Nullable User author,
        @Nullable Boolean pinned,
        @JsonProperty("mention_everyone") @Nullable Boolean mentionEveryone,
        @Nullable Boolean tts,
        @Nullable MessageCall call,
        @Nullable MessageActivity activity,
        @Nullable Application application,
        @JsonProperty("application_id") @Nullable Snowflake applicationId,
        @Nullable MessageInteraction interaction,
        @Nullable String nonce,
        @JsonProperty("webhook_id") @Nullable Snowflake webhookId,
        @JsonProperty("message_reference") @Nullable MessageReference messageReference,
        @Nullable Channel thread,
        @JsonProperty("mention_channels") @Nullable List<MentionedChannel> mentionChannels,
        @JsonProperty("role_subscription_data") @Nullable RoleSubscriptionData roleSubscriptionData,
        @JsonProperty("purchase_notification") @Nullable PurchaseNotification purchaseNotification,
        @Nullable Long position,
        @Nullable ResolvedObjects resolved,
        @Nullable Poll poll,
        @JsonProperty("shared_client_theme") @Nullable ClientTheme sharedClientTheme,
        @JsonProperty("interaction_metadata") @Nullable InteractionMetadata interactionMetadata,
        @JsonProperty("message_snapshots") @Nullable List<MessageSnapshot> messageSnapshots,
        @JsonProperty("lobby_member") @Nullable LobbyMember lobbyMember,
        @Nullable List<Reaction> reactions,
        @JsonProperty("referenced_message") @Nullable Message referencedMessage,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Member member,
        @JsonProperty("channel_type") @Nullable ChannelType channelType) {
    public Message {
        mentions = Lenient.present(mentions);
        mentionRoles = Lenient.present(mentionRoles);
        attachments = Lenient.present(attachments);
        embeds = Lenient.present(embeds);
        components = Lenient.present(components);
        stickers = Lenient.present(stickers);
        stickerItems = Lenient.present(stickerItems);
        mentionChannels = Lenient.present(mentionChannels);
        messageSnapshots = Lenient.present(messageSnapshots);
        reactions = Lenient.present(reactions);
    }
}
