package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Emoji;
import dev.shardline.discord.object.Member;
import dev.shardline.discord.object.ReactionType;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A reaction was added. See Discord Docs/Gateway Events, MESSAGE_REACTION_ADD. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageReactionAdd(
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("message_id") @Nullable Snowflake messageId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Member member,
        @Nullable Emoji emoji,
        @JsonProperty("message_author_id") @Nullable Snowflake messageAuthorId,
        @Nullable Boolean burst,
        @JsonProperty("burst_colors") @Nullable List<String> burstColors,
        @Nullable ReactionType type)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "MESSAGE_REACTION_ADD";

    public MessageReactionAdd {
        burstColors = Lenient.present(burstColors);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
