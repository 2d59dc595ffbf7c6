package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Collectible items that a user shows.
 *
 * @param nameplate Object mapping of nameplate data
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Collectibles(@Nullable Nameplate nameplate) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Collectibles {}
}
