package dev.shardline.examples.demo;

import dev.shardline.discord.event.InteractionCreate;
import dev.shardline.examples.InteractionAnswers;
import dev.shardline.sdk.ConsumerMetrics;
import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.ledger.Audit;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The bot of the demo: a real consumer whose handler also keeps the books of the simulated Discord. */
final class DemoBot implements AutoCloseable {
    /** What the simulated traffic needs; a real bot names what it wants. */
    static final String INTENTS =
            "GUILDS,GUILD_MEMBERS,GUILD_MODERATION,GUILD_VOICE_STATES,GUILD_PRESENCES,GUILD_MESSAGES,"
                    + "GUILD_MESSAGE_REACTIONS,GUILD_MESSAGE_TYPING,MESSAGE_CONTENT,GUILD_SCHEDULED_EVENTS";

    private final EventConsumer consumer;
    private final @Nullable Audit audit;
    private final AtomicLong answered = new AtomicLong();

    DemoBot(String broker, InteractionAnswers answers, @Nullable DiscordSimulator discord) {
        // Interactions come by the express lane and overtake the other events of their guild.
        audit = discord == null ? null : discord.ledger().audit().withOrderApart(List.of("INTERACTION_CREATE"));
        consumer = EventConsumer.builder(broker)
                .group("demo")
                .onAny(this::count)
                .on(InteractionCreate.class, (event, context) -> {
                    answers.say(event.interaction(), context.deferred(), "pong");
                    answered.incrementAndGet();
                })
                .build();
    }

    private void count(EventContext event) {
        Audit books = audit;
        if (books != null) {
            books.saw(event.raw());
        }
    }

    void start() {
        consumer.start();
    }

    long answered() {
        return answered.get();
    }

    ConsumerMetrics metrics() {
        return consumer.metrics();
    }

    @Nullable
    Audit audit() {
        return audit;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
