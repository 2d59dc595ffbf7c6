package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A file of a message. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Attachment(
        @Nullable Snowflake id,
        @Nullable String filename,
        @Nullable Long size,
        @Nullable String url,
        @JsonProperty("proxy_url") @Nullable String proxyUrl,
        @Nullable Long width,
        @Nullable Long height,
        @JsonProperty("duration_secs") @Nullable Double durationSecs,
        @Nullable String waveform,
        @Nullable String description,
        @JsonProperty("content_type") @Nullable String contentType,
        @Nullable Boolean ephemeral,
        @Nullable Long flags,
        @Nullable String placeholder,
        @JsonProperty("placeholder_version") @Nullable Long placeholderVersion,
        @Nullable String title,
        @Nullable Application application,
        @JsonProperty("clip_created_at") @Nullable Timestamp clipCreatedAt,
        @JsonProperty("clip_participants") @Nullable List<User> clipParticipants,
        @JsonProperty("content_scan_version") @Nullable Long contentScanVersion) {
    public Attachment {
        clipParticipants = Lenient.present(clipParticipants);
    }
}
