package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A poll in a message.
 *
 * @param question The question of the poll. Only `text` is supported.
 * @param answers Each of the answers available in the poll
 * @param expiry The time when the poll ends
 * @param allowMultiselect Whether a user can select multiple answers
 * @param layoutType The layout type of the poll
 * @param results The results of the poll
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Poll(
        @Nullable PollMedia question,
        @Nullable List<PollAnswer> answers,
        @Nullable Timestamp expiry,
        @JsonProperty("allow_multiselect") @Nullable Boolean allowMultiselect,
        @JsonProperty("layout_type") @Nullable PollLayout layoutType,
        @Nullable PollResults results) {
    public Poll {
        answers = Lenient.present(answers);
    }
}
