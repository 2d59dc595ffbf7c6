package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a poll.
 *
 * @param answerId The ID of the answer
 * @param pollMedia The data of the answer
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PollAnswer(
        @JsonProperty("answer_id") @Nullable Long answerId,
        @JsonProperty("poll_media") @Nullable PollMedia pollMedia) {}
