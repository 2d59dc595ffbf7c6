package dev.shardline.discord.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/** A session was resumed; everything missed has been replayed before. See Discord Docs/Gateway Events, RESUMED. */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resumed(@JsonProperty("_trace") @Nullable List<String> trace) implements GatewayEvent {
    /** Discord's name of the event. */
    public static final String NAME = "RESUMED";

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    public Resumed {
        trace = Lenient.present(trace);
    }

    @Override
    public String eventName() {
        return NAME;
    }
}
