package dev.shardline.examples.moderation;

import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.spring.OnEvent;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What happens when my handler fails? Throwing means: once more, with backoff, the guild's later events wait. Rejecting, or
 * failing too often, puts the event into the group's dead queue.
 */
@Component
class WordFilter {
    private static final Logger log = LoggerFactory.getLogger(WordFilter.class);
    private static final Set<String> FORBIDDEN = Set.of("spam", "scam");

    private final Verdicts verdicts;

    WordFilter(Verdicts verdicts) {
        this.verdicts = verdicts;
    }

    @OnEvent(maxAttempts = 3, timeout = "10s")
    void check(MessageCreate event, EventContext context) throws Exception {
        String content = event.message().content();
        if (content == null) {
            throw ShardlineException.reject("a message without content cannot be judged");
        }
        if (FORBIDDEN.stream().anyMatch(content::contains)) {
            verdicts.flag(
                    String.valueOf(context.guildId()),
                    String.valueOf(event.message().id()));
            log.info("Flagged message {} of guild {}", event.message().id(), context.guildId());
        }
    }
}
