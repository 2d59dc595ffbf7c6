package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** How often an emoji was added to a message. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reaction(
        @Nullable Emoji emoji,
        @Nullable Long count,
        @JsonProperty("count_details") @Nullable ReactionCount countDetails,
        @JsonProperty("burst_colors") @Nullable List<String> burstColors,
        @JsonProperty("me_burst") @Nullable Boolean meBurst,
        @Nullable Boolean me,
        @JsonProperty("burst_me") @Nullable Boolean burstMe,
        @JsonProperty("burst_count") @Nullable Long burstCount) {
    public Reaction {
        burstColors = Lenient.present(burstColors);
    }
}
