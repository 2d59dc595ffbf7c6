package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** Whether a user is there. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record Status(@JsonValue String value) {
    public static final Status ONLINE = new Status("online");
    public static final Status IDLE = new Status("idle");
    public static final Status DND = new Status("dnd");
    public static final Status OFFLINE = new Status("offline");
    public static final Status INVISIBLE = new Status("invisible");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Status {
        Objects.requireNonNull(value, "value");
    }
}
