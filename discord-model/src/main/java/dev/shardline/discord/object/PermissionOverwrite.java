package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.Permissions;
import dev.shardline.discord.Snowflake;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What a role or member may do in a channel, beyond or below its permissions in the guild. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PermissionOverwrite(
        @Nullable Snowflake id,
        @Nullable PermissionOverwriteType type,
        @Nullable Permissions allow,
        @Nullable Permissions deny) {}
