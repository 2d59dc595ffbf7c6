package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The interaction that a message answers, in its deprecated form. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageInteraction(
        @Nullable Snowflake id,
        @Nullable InteractionType type,
        @Nullable String name,
        @Nullable User user,
        @JsonProperty("name_localized") @Nullable String nameLocalized,
        @Nullable Member member) {}
