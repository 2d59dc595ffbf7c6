package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.object.Application;
import dev.shardline.discord.object.Channel;
import dev.shardline.discord.object.JoinRequest;
import dev.shardline.discord.object.Presence;
import dev.shardline.discord.object.UnavailableGuild;
import dev.shardline.discord.object.User;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A new session. The first event of every session; RESUMED follows a resume instead. See Discord Docs/Gateway Events,
 * READY.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Ready(
        @Nullable Long v,
        @Nullable User user,
        @Nullable List<UnavailableGuild> guilds,
        @JsonProperty("session_id") @Nullable String sessionId,
        @JsonProperty("resume_gateway_url") @Nullable String resumeGatewayUrl,
        @Nullable List<Long> shard,
        @Nullable Application application,
        @JsonProperty("session_type") @Nullable String sessionType,
        @JsonProperty("user_settings") @Nullable Object userSettings,
        @JsonProperty("private_channels") @Nullable List<Channel> privateChannels,
        @Nullable List<Object> relationships,
        @Nullable List<Presence> presences,
        @JsonProperty("guild_join_requests") @Nullable List<JoinRequest> guildJoinRequests,
        @JsonProperty("geo_ordered_rtc_regions") @Nullable List<String> geoOrderedRtcRegions,
        @JsonProperty("game_relationships") @Nullable List<Object> gameRelationships,
        @Nullable Object auth,
        @JsonProperty("_trace") @Nullable List<String> trace)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "READY";

    public Ready {
        guilds = Lenient.present(guilds);
        shard = Lenient.present(shard);
        privateChannels = Lenient.present(privateChannels);
        relationships = Lenient.present(relationships);
        presences = Lenient.present(presences);
        guildJoinRequests = Lenient.present(guildJoinRequests);
        geoOrderedRtcRegions = Lenient.present(geoOrderedRtcRegions);
        gameRelationships = Lenient.present(gameRelationships);
        trace = Lenient.present(trace);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
