package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The colours of a role, as 0xRRGGBB. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleColors(
        @JsonProperty("primary_color") @Nullable Long primaryColor,
        @JsonProperty("secondary_color") @Nullable Long secondaryColor,
        @JsonProperty("tertiary_color") @Nullable Long tertiaryColor) {}
