package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What a user is doing. Of the user only the id is sure; Discord does not check any of the fields. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Presence(
        @Nullable User user,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable Status status,
        @Nullable List<Activity> activities,
        @JsonProperty("client_status") @Nullable ClientStatus clientStatus,
        @JsonProperty("processed_at_timestamp") @Nullable Long processedAtTimestamp,
        @Nullable Object broadcast) {
    public Presence {
        activities = Lenient.present(activities);
    }
}
