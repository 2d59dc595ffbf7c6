package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** One entry of a guild's audit log. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditLogEntry(
        @Nullable Snowflake id,
        @JsonProperty("action_type") @Nullable AuditLogEvent actionType,
        @JsonProperty("user_id") @Nullable Snowflake userId,
        @JsonProperty("target_id") @Nullable Snowflake targetId,
        @Nullable List<AuditLogChange> changes,
        @Nullable AuditLogOptions options,
        @Nullable String reason,
        @JsonProperty("guild_id") @Nullable Snowflake guildId) {
    public AuditLogEntry {
        changes = Lenient.present(changes);
    }
}
