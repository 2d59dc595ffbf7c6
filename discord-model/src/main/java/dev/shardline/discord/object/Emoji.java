package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An emoji. One of the Unicode standard has a name and no id. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Emoji(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable User user,
        @Nullable List<Snowflake> roles,
        @JsonProperty("require_colons") @Nullable Boolean requireColons,
        @Nullable Boolean managed,
        @Nullable Boolean animated,
        @Nullable Boolean available) {
    public Emoji {
        roles = Lenient.present(roles);
    }
}
