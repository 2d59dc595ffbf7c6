package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.AutoModerationRule;
import java.util.Objects;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A rule was deleted. See Discord Docs/Gateway Events, AUTO_MODERATION_RULE_DELETE. */
@Generated("dev.shardline.discord.generator")
public record AutoModerationRuleDelete(@JsonValue AutoModerationRule rule) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "AUTO_MODERATION_RULE_DELETE";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AutoModerationRuleDelete {
        Objects.requireNonNull(rule, "rule");
    }

    @Override
    public String eventName() {
        return NAME;
    }

    @Override
    public @Nullable Snowflake guildId() {
        return rule.guildId();
    }
}
