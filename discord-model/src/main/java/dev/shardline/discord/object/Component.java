package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A component of a message or modal, of any kind; which fields there are depends on its type. The style is one of
 * ButtonStyle or TextInputStyle, by the type. In a submitted modal, value and values hold what the user gave.
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Component(
        @Nullable ComponentType type,
        @Nullable Long id,
        @Nullable List<Component> components,
        @JsonProperty("custom_id") @Nullable String customId,
        @Nullable Long style,
        @Nullable String label,
        @Nullable Boolean disabled,
        @Nullable Emoji emoji,
        @Nullable String url,
        @JsonProperty("sku_id") @Nullable Snowflake skuId,
        @Nullable String placeholder,
        @JsonProperty("min_values") @Nullable Long minValues,
        @JsonProperty("max_values") @Nullable Long maxValues,
        @Nullable List<SelectOption> options,
        @Nullable String value,
        @Nullable Boolean required,
        @JsonProperty("min_length") @Nullable Long minLength,
        @JsonProperty("max_length") @Nullable Long maxLength,
        @JsonProperty("default_values") @Nullable List<SelectDefaultValue> defaultValues,
        @JsonProperty("channel_types") @Nullable List<ChannelType> channelTypes,
        @Nullable Component accessory,
        @Nullable String content,
        @Nullable MediaItem media,
        @Nullable String description,
        @Nullable Boolean spoiler,
        @Nullable List<MediaGalleryItem> items,
        @Nullable MediaItem file,
        @Nullable String name,
        @Nullable Long size,
        @Nullable SeparatorSpacing spacing,
        @Nullable Boolean divider,
        @JsonProperty("accent_color") @Nullable Long accentColor,
        @Nullable Component component,
        @Nullable List<String> values,
        @JsonProperty("default") @Nullable Boolean isDefault) {
    public Component {
        components = Lenient.present(components);
        options = Lenient.present(options);
        defaultValues = Lenient.present(defaultValues);
        channelTypes = Lenient.present(channelTypes);
        items = Lenient.present(items);
        values = Lenient.present(values);
    }
}
