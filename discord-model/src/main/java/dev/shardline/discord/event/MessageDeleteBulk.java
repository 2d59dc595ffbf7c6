package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Up to 100 messages were deleted together. See Discord Docs/Gateway Events, MESSAGE_DELETE_BULK. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageDeleteBulk(
        @Nullable List<Snowflake> ids,
        @JsonProperty("channel_id") @Nullable Snowflake channelId,
        @JsonProperty("guild_id") @Nullable Snowflake guildId)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "MESSAGE_DELETE_BULK";

    public MessageDeleteBulk {
        ids = Lenient.present(ids);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
