package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Emoji;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** All emojis that the guild has now. See Discord Docs/Gateway Events, GUILD_EMOJIS_UPDATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildEmojisUpdate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable List<Emoji> emojis) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_EMOJIS_UPDATE";

    public GuildEmojisUpdate {
        emojis = Lenient.present(emojis);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
