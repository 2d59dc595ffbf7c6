package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.ThreadMember;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Users joined or left a thread. See Discord Docs/Gateway Events, THREAD_MEMBERS_UPDATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThreadMembersUpdate(
        @Nullable Snowflake id,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("member_count") @Nullable Long memberCount,
        @JsonProperty("added_members") @Nullable List<ThreadMember> addedMembers,
        @JsonProperty("removed_member_ids") @Nullable List<Snowflake> removedMemberIds)
        implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "THREAD_MEMBERS_UPDATE";

    public ThreadMembersUpdate {
        addedMembers = Lenient.present(addedMembers);
        removedMemberIds = Lenient.present(removedMemberIds);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
