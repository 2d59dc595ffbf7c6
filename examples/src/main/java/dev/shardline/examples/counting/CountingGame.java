package dev.shardline.examples.counting;

import dev.shardline.discord.event.MessageCreate;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.TypedHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The members of a guild count together, each message the next number; a wrong one begins again at 1. It works only when
 * the messages of a guild are handled one after another, in order, whichever instance handles them.
 */
final class CountingGame implements TypedHandler<MessageCreate> {
    private final Scores scores;

    CountingGame(Scores scores) {
        this.scores = scores;
    }

    @Override
    public void handle(MessageCreate event, EventContext context) throws IOException {
        String guild = context.guildId();
        long number = number(event.message().content());
        if (guild == null || number < 1) {
            return;
        }
        Score score = scores.load(guild);
        // An instance that was killed after the save and before the ack: the next one gets the event again.
        if (score.messageId().equals(context.messageId())) {
            return;
        }
        boolean right = number == score.number() + 1;
        scores.save(
                guild,
                new Score(right ? number : 0, Math.max(score.record(), right ? number : 0), context.messageId()));
    }

    private static long number(@Nullable String content) {
        return content != null && content.matches("[0-9]{1,9}") ? Long.parseLong(content) : 0;
    }
}
