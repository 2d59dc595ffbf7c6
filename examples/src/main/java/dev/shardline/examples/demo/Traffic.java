package dev.shardline.examples.demo;

import dev.shardline.gateway.app.Gateway;
import dev.shardline.gateway.publish.Publishing;
import dev.shardline.gateway.shard.ShardState;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.AuditReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Makes the simulated Discord busy once the shards are ready, and tells how far every stage is. */
final class Traffic {
    private static final Duration LAST_EVENTS = Duration.ofSeconds(15);

    private final ApplicationContext gateway;
    private final DemoBot bot;
    private final @Nullable DiscordSimulator discord;
    private final int eventsPerSecond;
    private boolean busy;
    private long lastPublished;
    private long lastHandled;
    private long lastMade;
    private long lastAt = System.nanoTime();
    private int round;

    Traffic(ApplicationContext gateway, DemoBot bot, @Nullable DiscordSimulator discord, int eventsPerSecond) {
        this.gateway = gateway;
        this.bot = bot;
        this.discord = discord;
        this.eventsPerSecond = eventsPerSecond;
    }

    void tell(Narrator narrator) {
        Gateway running = gateway.getBean(Gateway.class);
        long ready = running.shards()
                .map(shards -> shards.status().stream()
                        .filter(status -> status.state() == ShardState.READY)
                        .count())
                .orElse(0L);
        int all = running.shards().map(shards -> shards.plan().shards().size()).orElse(0);
        DiscordSimulator simulated = discord;
        if (simulated != null && !busy && all > 0 && ready == all) {
            busy = true;
            simulated.load().start(eventsPerSecond);
            narrator.say(
                    "All shards are ready; the simulated Discord sends " + eventsPerSecond + " events/s from now on");
        }
        if (simulated != null && busy) {
            List<Long> guilds = simulated.guildIds();
            simulated.emit("INTERACTION_CREATE", guilds.get(round++ % guilds.size()));
        }
        long now = System.nanoTime();
        double seconds = (now - lastAt) / 1e9;
        long published = gateway.getBean(Publishing.class).counters().confirmed.sum();
        long handled = bot.metrics().handled();
        long made = simulated == null ? 0 : simulated.load().made();
        narrator.say(String.format(
                Locale.ROOT,
                "shards ready %d/%d | %sgateway published %.0f/s | bot handled %.0f/s | in all %d events, %d interactions answered",
                ready,
                all,
                simulated == null
                        ? ""
                        : String.format(Locale.ROOT, "Discord sent %.0f/s | ", (made - lastMade) / seconds),
                (published - lastPublished) / seconds,
                (handled - lastHandled) / seconds,
                handled,
                bot.answered()));
        if (all == 0) {
            narrator.say("waiting for " + running.waitingFor());
        }
        lastAt = now;
        lastPublished = published;
        lastHandled = handled;
        lastMade = made;
    }

    /** Ends the load, waits until the bot has handled everything, and tells what the books say. */
    void stop(Narrator narrator) throws InterruptedException {
        DiscordSimulator simulated = discord;
        Audit audit = bot.audit();
        if (simulated == null || audit == null) {
            return;
        }
        simulated.load().stop();
        long giveUpAt = System.nanoTime() + LAST_EVENTS.toNanos();
        while (!audit.complete() && System.nanoTime() - giveUpAt < 0) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        AuditReport report = audit.report();
        narrator.say(String.format(
                Locale.ROOT,
                "Audit: %d events: %d lost, %d duplicated, %d out of order",
                report.generated(),
                report.lost(),
                report.duplicated(),
                report.outOfOrder()));
    }
}
