package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Timestamp;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** What only a thread has. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThreadMetadata(
        @Nullable Boolean archived,
        @JsonProperty("archive_timestamp") @Nullable Timestamp archiveTimestamp,
        @JsonProperty("auto_archive_duration") @Nullable AutoArchiveDuration autoArchiveDuration,
        @Nullable Boolean locked,
        @JsonProperty("create_timestamp") @Nullable Timestamp createTimestamp,
        @Nullable Boolean invitable) {}
