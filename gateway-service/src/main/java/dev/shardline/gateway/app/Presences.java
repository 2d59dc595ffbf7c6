package dev.shardline.gateway.app;

import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.shard.PresenceFactory;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The presence that is configured, for every shard; and a command's presence as a shard takes it. */
final class Presences {
    private Presences() {}

    static Presence shown(dev.shardline.contract.command.Presence told) {
        return new Presence(
                told.status().name().toLowerCase(Locale.ROOT),
                told.activities().stream()
                        .map(activity -> new Presence.Activity(
                                activity.name(), activity.type(), activity.state(), activity.url()))
                        .toList(),
                told.since(),
                told.afk());
    }

    static PresenceFactory configured(String json) {
        if (json.isBlank()) {
            return PresenceFactory.NONE;
        }
        Presence presence;
        try {
            presence = shown(dev.shardline.contract.command.Presence.parse(
                    JsonMapper.builder().build().readTree(json)));
        } catch (JacksonException | IllegalArgumentException | InvalidCommandException e) {
            throw new ConfigurationProblem(
                    "shardline.discord.presence",
                    "cannot be read: " + String.valueOf(e.getMessage()).replace("payload.", ""),
                    "Use Discord's form, for example {\"status\":\"online\",\"activities\":[{\"name\":\"chess\",\"type\":0}]}.",
                    e);
        }
        return shard -> presence;
    }
}
