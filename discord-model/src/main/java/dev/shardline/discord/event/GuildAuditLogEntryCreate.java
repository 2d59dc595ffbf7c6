package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.AuditLogEntry;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An entry was added to the audit log. See Discord Docs/Gateway Events, GUILD_AUDIT_LOG_ENTRY_CREATE. */
@Generated("dev.shardline.discord.generator")
public record GuildAuditLogEntryCreate(@JsonValue AuditLogEntry entry) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_AUDIT_LOG_ENTRY_CREATE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public GuildAuditLogEntryCreate {
        Objects.requireNonNull(entry, "entry");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return entry.guildId();
    }
}
