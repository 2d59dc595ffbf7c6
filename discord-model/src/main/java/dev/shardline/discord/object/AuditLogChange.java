package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What an entry changed. Keys are those of the changed object, and some of their own such as $add. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditLogChange(
        @Nullable String key,
        @JsonProperty("new_value") @Nullable Object newValue,
        @JsonProperty("old_value") @Nullable Object oldValue) {}
