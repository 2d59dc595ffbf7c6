package dev.shardline.gateway.app;

import dev.shardline.gateway.filter.FilterSettings;
import dev.shardline.gateway.protocol.Intent;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The filters that are configured. */
final class Filters {
    private static final Logger log = LoggerFactory.getLogger(Filters.class);

    private Filters() {}

    static FilterSettings settings(ShardlineProperties.Filter filter, Identity identity) {
        try {
            FilterSettings settings = new FilterSettings(
                    filter.allow(),
                    filter.deny(),
                    filter.loadedGuilds(),
                    filter.outages(),
                    filter.unchangedMessages(),
                    filter.prefixes(),
                    filter.mentionIsPrefix(),
                    FilterSettings.parseTrim(filter.trim()));
            if (!settings.prefixes().isEmpty() && (identity.intents() & Intent.bits(List.of("MESSAGE_CONTENT"))) == 0) {
                log.warn(
                        "shardline.filter.prefixes leaves out nothing: without the intent MESSAGE_CONTENT messages have"
                                + " no content. Add it to shardline.discord.intents, or remove the prefixes");
            }
            return settings;
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "shardline.filter",
                    String.valueOf(e.getMessage()),
                    "Mend the value; docs/filters.md has an example of each.",
                    e);
        }
    }
}
