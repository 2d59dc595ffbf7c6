package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What a forwarded message said. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageSnapshot(@Nullable Message message) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public MessageSnapshot {}
}
