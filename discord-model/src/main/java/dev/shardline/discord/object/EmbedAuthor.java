package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The author of an embed. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EmbedAuthor(
        @Nullable String name,
        @Nullable String url,
        @JsonProperty("icon_url") @Nullable String iconUrl,
        @JsonProperty("proxy_icon_url") @Nullable String proxyIconUrl) {}
