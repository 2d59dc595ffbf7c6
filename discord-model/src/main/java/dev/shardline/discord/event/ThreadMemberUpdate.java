package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.ThreadMember;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The bot's own membership of a thread has changed. See Discord Docs/Gateway Events, THREAD_MEMBER_UPDATE. */
@Generated("dev.shardline.discord.generator")
public record ThreadMemberUpdate(@JsonValue ThreadMember member) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "THREAD_MEMBER_UPDATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ThreadMemberUpdate {
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
