package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** Details of a trigger; which there are depends on the rule's trigger type. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AutoModerationTriggerMetadata(
        @JsonProperty("keyword_filter") @Nullable List<String> keywordFilter,
        @JsonProperty("regex_patterns") @Nullable List<String> regexPatterns,
        @JsonProperty("allow_list") @Nullable List<String> allowList,
        @Nullable List<KeywordPreset> presets,
        @JsonProperty("mention_total_limit") @Nullable Long mentionTotalLimit,

        @JsonProperty("mention_raid_protection_enabled") @Nullable
        Boolean mentionRaidProtectionEnabled) {
    public AutoModerationTriggerMetadata {
        keywordFilter = Lenient.present(keywordFilter);
        regexPatterns = Lenient.present(regexPatterns);
        allowList = Lenient.present(allowList);
        presets = Lenient.present(presets);
    }
}
