package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Votes of one answer.
 *
 * @param id The answer_id
 * @param count The number of votes for this answer
 * @param meVoted Whether the current user voted for this answer
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PollAnswerCount(
        @Nullable Long id,
        @Nullable Long count,
        @JsonProperty("me_voted") @Nullable Boolean meVoted) {}
