package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A guild that is not (yet) there. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnavailableGuild(
        @Nullable Snowflake id, @Nullable Boolean unavailable) {}
