package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Rich content of a message. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Embed(
        @Nullable String type,
        @Nullable String url,
        @Nullable String title,
        @Nullable String description,
        @Nullable Long color,
        @Nullable Timestamp timestamp,
        @Nullable List<EmbedField> fields,
        @Nullable EmbedAuthor author,
        @Nullable EmbedProvider provider,
        @Nullable EmbedMedia image,
        @Nullable EmbedMedia thumbnail,
        @Nullable EmbedMedia video,
        @Nullable EmbedFooter footer,
        @Nullable Long flags,
        @Nullable List<Component> components,
        @Nullable Snowflake id) {
    public Embed {
        fields = Lenient.present(fields);
        components = Lenient.present(components);
    }
}
