package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The status by kind of client; absent where the user is offline or invisible. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientStatus(
        @Nullable Status desktop,
        @Nullable Status mobile,
        @Nullable Status web,
        @Nullable Status vr) {}
