package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A call in a private channel. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageCall(
        @JsonProperty("ended_timestamp") @Nullable Timestamp endedTimestamp,
        @Nullable List<Snowflake> participants) {
    public MessageCall {
        participants = Lenient.present(participants);
    }
}
