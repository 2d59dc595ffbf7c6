package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What was invoked, clicked, chosen or submitted. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InteractionData(
        @Nullable Snowflake id,
        @Nullable String name,
        @Nullable ApplicationCommandType type,
        @Nullable ResolvedObjects resolved,
        @Nullable List<InteractionOption> options,
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @JsonProperty("target_id") @Nullable Snowflake targetId,
        @JsonProperty("custom_id") @Nullable String customId,
        @JsonProperty("component_type") @Nullable ComponentType componentType,
        @Nullable List<String> values,
        @Nullable List<Component> components) {
    public InteractionData {
        options = Lenient.present(options);
        values = Lenient.present(values);
        components = Lenient.present(components);
    }
}
