package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A theme shared in a message. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientTheme(
        @Nullable List<String> colors,
        @JsonProperty("gradient_angle") @Nullable Long gradientAngle,
        @JsonProperty("base_mix") @Nullable Long baseMix,
        @JsonProperty("base_theme") @Nullable ClientThemeBase baseTheme) {
    public ClientTheme {
        colors = Lenient.present(colors);
    }
}
