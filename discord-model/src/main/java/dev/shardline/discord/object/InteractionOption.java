package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** An option of a command with the value that the user gave, a string, number or boolean. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InteractionOption(
        @Nullable String name,
        @Nullable ApplicationCommandOptionType type,
        @Nullable Object value,
        @Nullable List<InteractionOption> options,
        @Nullable Boolean focused) {
    public InteractionOption {
        options = Lenient.present(options);
    }
}
