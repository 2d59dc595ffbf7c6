package dev.shardline.sdk;

import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.guild.IntentCheck;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Warns of handlers that can never be called, when a gateway says in time what its intents are. Changes nothing. */
final class IntentWarning {
    private static final Logger LOG = LoggerFactory.getLogger(IntentWarning.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String group;
    private final Set<String> events;

    IntentWarning(String group, Set<String> events) {
        this.group = group;
        this.events = events;
    }

    /** Asks, without blocking. Without a gateway there is nothing to warn of yet. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the answer
    void ask(GatewayCommands gateway) {
        if (events.isEmpty()) {
            return;
        }
        gateway.withTimeout(PATIENCE).status().whenComplete((status, failure) -> {
            if (failure != null) {
                LOG.debug("group {}: no gateway told its intents: {}", group, failure.toString());
            } else {
                compare(status);
            }
        });
    }

    private void compare(JsonNode status) {
        JsonNode intents = status.path("intents");
        if (!intents.isIntegralNumber()) {
            return;
        }
        IntentCheck.impossible(events, intents.asLong())
                .forEach((event, needed) -> LOG.warn(
                        "group {} handles {}, which Discord never sends to this gateway: add {} to"
                                + " SHARDLINE_DISCORD_INTENTS",
                        group,
                        event,
                        String.join(" or ", IntentCheck.names(needed))));
    }
}
