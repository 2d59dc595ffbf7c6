package dev.shardline.examples;

import dev.shardline.discord.event.InteractionCreate;
import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.event.HandlerOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How do I answer slash commands with plain Java? Start as many of these as you like: they share the work.
 *
 * <p>Environment: {@code RABBITMQ_URL}, {@code SHARDLINE_GROUP}, and {@code DISCORD_TOKEN} or {@code SIMULATOR_API_URL}.
 */
public final class SlashCommandBot {
    private SlashCommandBot() {}

    /** Runs until it is stopped. */
    public static void main(String[] args) throws InterruptedException {
        String broker = setting("RABBITMQ_URL", "amqp://guest:guest@localhost:5672");
        String group = setting("SHARDLINE_GROUP", "example");
        String api = setting("DISCORD_TOKEN", "").isEmpty()
                ? setting("SIMULATOR_API_URL", "http://localhost:8090/api/v10")
                : setting("DISCORD_API_URL", "https://discord.com/api/v10");
        EventConsumer consumer = consumer(broker, group, new InteractionAnswers(api));

        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            consumer.close();
            stopped.countDown();
        }));
        consumer.start();
        System.out.println("Bot of group " + group + " started; Ctrl-C drains and ends it");
        while (!stopped.await(5, TimeUnit.SECONDS)) {
            System.out.println(consumer.metrics().handled() + " events handled, "
                    + (consumer.health().up()
                            ? "connected"
                            : "waiting: " + consumer.health().problem()));
        }
    }

    /** An answer that fails twice goes to the dead queue: Discord waits only 3 s for it. */
    static EventConsumer consumer(String broker, String group, InteractionAnswers answers) {
        HandlerOptions options =
                HandlerOptions.maxAge(HandlerOptions.INTERACTION_WINDOW).maxAttempts(2);
        return EventConsumer.builder(broker)
                .group(group)
                .on(
                        InteractionCreate.class,
                        options,
                        (event, context) -> answers.say(event.interaction(), context.deferred(), "pong"))
                .on("MESSAGE_CREATE", event -> {})
                .drainTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
