package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Member;
import dev.shardline.discord.object.Presence;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A part of the answer to a request for members; the last one has chunk_index = chunk_count - 1. See Discord
 * Docs/Gateway Events, GUILD_MEMBERS_CHUNK.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildMembersChunk(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable List<Member> members,
        @JsonProperty("chunk_index") @Nullable Long chunkIndex,
        @JsonProperty("chunk_count") @Nullable Long chunkCount,
        @JsonProperty("not_found") @Nullable List<Snowflake> notFound,
        @Nullable List<Presence> presences,
        @Nullable String nonce)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_MEMBERS_CHUNK";

    public GuildMembersChunk {
        members = Lenient.present(members);
        notFound = Lenient.present(notFound);
        presences = Lenient.present(presences);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
