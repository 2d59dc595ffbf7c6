package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Where a scheduled event outside Discord takes place.
 *
 * @param location Location of the external event
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduledEventMetadata(@Nullable String location) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public ScheduledEventMetadata {}
}
