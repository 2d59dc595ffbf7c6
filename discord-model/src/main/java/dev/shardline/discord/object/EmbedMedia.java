package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An image or video of an embed. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EmbedMedia(
        @Nullable String url,
        @JsonProperty("proxy_url") @Nullable String proxyUrl,
        @Nullable Long width,
        @Nullable Long height,
        @JsonProperty("content_type") @Nullable String contentType,
        @Nullable String placeholder,
        @JsonProperty("placeholder_version") @Nullable Long placeholderVersion,
        @Nullable String description,
        @Nullable Long flags) {}
