package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A file or picture of a component. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MediaItem(
        @Nullable Snowflake id,
        @Nullable String url,
        @JsonProperty("proxy_url") @Nullable String proxyUrl,
        @Nullable Long width,
        @Nullable Long height,
        @JsonProperty("content_type") @Nullable String contentType,
        @JsonProperty("attachment_id") @Nullable Snowflake attachmentId) {}
