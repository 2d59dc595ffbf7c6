package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Member;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A user joined. It can come for one who is a member already, too. See Discord Docs/Gateway Events, GUILD_MEMBER_ADD.
 */
@Generated("dev.shardline.discord.generator")
public record GuildMemberAdd(@JsonValue Member member) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_MEMBER_ADD";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildMemberAdd {
        Objects.requireNonNull(member, "member");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return member.guildId();
    }
}
