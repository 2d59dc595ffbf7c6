package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Pictures of an activity and the texts that they show. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivityAssets(
        @JsonProperty("large_image") @Nullable String largeImage,
        @JsonProperty("large_text") @Nullable String largeText,
        @JsonProperty("large_url") @Nullable String largeUrl,
        @JsonProperty("small_image") @Nullable String smallImage,
        @JsonProperty("small_text") @Nullable String smallText,
        @JsonProperty("small_url") @Nullable String smallUrl,
        @JsonProperty("invite_cover_image") @Nullable String inviteCoverImage) {}
