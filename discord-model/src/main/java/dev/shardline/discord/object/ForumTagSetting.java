package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record ForumTagSetting(@JsonValue String value) {
    /** The thread tags must contain all tags in the search query */
    public static final ForumTagSetting MATCH_ALL = new ForumTagSetting("match_all");

    /** The thread tags must contain at least one of tags in the search query */
    public static final ForumTagSetting MATCH_SOME = new ForumTagSetting("match_some");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ForumTagSetting {
        Objects.requireNonNull(value, "value");
    }
}
