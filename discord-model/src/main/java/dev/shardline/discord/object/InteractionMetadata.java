package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** The interaction that a message answers. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InteractionMetadata(
        @Nullable Snowflake id,
        @Nullable InteractionType type,
        @Nullable User user,

        @JsonProperty("authorizing_integration_owners") @Nullable
        Map<String, Snowflake> authorizingIntegrationOwners,

        @JsonProperty("original_response_message_id") @Nullable
        Snowflake originalResponseMessageId,

        @JsonProperty("target_user") @Nullable User targetUser,
        @JsonProperty("target_message_id") @Nullable Snowflake targetMessageId,
        @JsonProperty("interacted_message_id") @Nullable Snowflake interactedMessageId,

        @JsonProperty("triggering_interaction_metadata") @Nullable
        InteractionMetadata triggeringInteractionMetadata,

        @Nullable String name,
        @JsonProperty("command_type") @Nullable ApplicationCommandType commandType) {
    public InteractionMetadata {
        authorizingIntegrationOwners = Lenient.present(authorizingIntegrationOwners);
    }
}
