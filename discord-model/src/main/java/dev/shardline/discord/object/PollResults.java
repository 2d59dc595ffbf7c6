package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Votes of a poll; not exact before it is final.
 *
 * @param answerCounts The counts for each answer
 * @param isFinalized Whether the votes have been precisely counted
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PollResults(
        @JsonProperty("answer_counts") @Nullable List<PollAnswerCount> answerCounts,
        @JsonProperty("is_finalized") @Nullable Boolean isFinalized) {
    public PollResults {
        answerCounts = Lenient.present(answerCounts);
    }
}
