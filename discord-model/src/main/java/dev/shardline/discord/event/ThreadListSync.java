package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Channel;
import dev.shardline.discord.object.ThreadMember;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * The active threads of channels that became visible; without channel ids, of the whole guild. See Discord Docs/Gateway
 * Events, THREAD_LIST_SYNC.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThreadListSync(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("channel_ids") @Nullable List<Snowflake> channelIds,
        @Nullable List<Channel> threads,
        @Nullable List<ThreadMember> members)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "THREAD_LIST_SYNC";

    public ThreadListSync {
        channelIds = Lenient.present(channelIds);
        threads = Lenient.present(threads);
        members = Lenient.present(members);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
