package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.ChannelVoiceInfo;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The answer to a request for channel info. See Discord Docs/Gateway Events, CHANNEL_INFO. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChannelInfo(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable List<ChannelVoiceInfo> channels) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "CHANNEL_INFO";

    public ChannelInfo {
        channels = Lenient.present(channels);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
