package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import javax.annotation.processing.Generated;

/** A value of Discord's. Holds any value: the constants are those known today. */
@Generated("dev.shardline.discord.generator")
public record SelectDefaultValueType(@JsonValue String value) {
    public static final SelectDefaultValueType USER = new SelectDefaultValueType("user");
    public static final SelectDefaultValueType ROLE = new SelectDefaultValueType("role");
    public static final SelectDefaultValueType CHANNEL = new SelectDefaultValueType("channel");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SelectDefaultValueType {
        Objects.requireNonNull(value, "value");
    }
}
