package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Snowflake;
import dev.shardline.discord.object.Sticker;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** All stickers that the guild has now. See Discord Docs/Gateway Events, GUILD_STICKERS_UPDATE. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GuildStickersUpdate(
        @JsonProperty("guild_id") @Nullable Snowflake guildId,
        @Nullable List<Sticker> stickers) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "GUILD_STICKERS_UPDATE";

    public GuildStickersUpdate {
        stickers = Lenient.present(stickers);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
