package dev.shardline.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.it.process.GatewayProcess;
import dev.shardline.it.process.JavaProcess;
import dev.shardline.simulator.DiscordSimulator;
import dev.shardline.simulator.gateway.Stats;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.AuditReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Discord, a gateway and bots around one broker, under load, with books that say what became of every event. */
final class Scenario implements AutoCloseable {
    static final int SHARDS = 16;
    private static final String INTENTS =
            "GUILDS,GUILD_MEMBERS,GUILD_MODERATION,GUILD_VOICE_STATES,GUILD_PRESENCES,GUILD_MESSAGES,"
                    + "GUILD_MESSAGE_REACTIONS,GUILD_MESSAGE_TYPING,MESSAGE_CONTENT,GUILD_SCHEDULED_EVENTS";
    /** On a busy machine, under a clock that is steered, a start takes more than a minute. */
    private static final Duration START = Duration.ofMinutes(5);

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Path directory;
    private final Ordeal ordeal;
    private final String botUri;
    private final DiscordSimulator discord;
    private final Audit audit;
    private final GatewayProcess gateway;
    private final Path bookFile;
    private final Book book;
    private final List<JavaProcess> bots = new ArrayList<>();
    /** Events handled, by the bot's name. */
    private final Map<String, AtomicLong> handled = new ConcurrentHashMap<>();

    private final AtomicInteger botsReady = new AtomicInteger();
    /** Bots that ended and may have told nobody what they had handled. */
    private int crashes;

    private Scenario(Setting setting, Ordeal ordeal) {
        this.ordeal = ordeal;
        this.botUri = setting.botUri();
        directory = Path.of("target", "scenarios", ProcessHandle.current().pid() + "-" + RUNS.incrementAndGet())
                .toAbsolutePath();
        bookFile = directory.resolve("handled.txt");
        book = new Book(bookFile, this::line);
        discord = DiscordSimulator.builder()
                // A gateway of another test that looks for its Discord on a port which this one has got is refused.
                .token("OTM4MjU4MDExNzgzMzU2NDk3.simulated." + UUID.randomUUID())
                .guilds(SHARDS * 10)
                .recommendedShards(SHARDS)
                .maxConcurrency(SHARDS)
                .heartbeatInterval(Duration.ofSeconds(5))
                .sessionTimeout(Duration.ofMinutes(5))
                // What Discord's buffer holds is Discord's promise, not ours: here it never runs over.
                .replayLimit(20_000)
                .start();
        audit = discord.ledger().audit();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("DISCORD_API_URL", discord.apiUrl());
        environment.put("DISCORD_TOKEN", discord.token());
        environment.put("SHARDLINE_DISCORD_INTENTS", INTENTS);
        environment.put("SPRING_RABBITMQ_ADDRESSES", setting.gatewayUri());
        environment.put("SHARDLINE_GROUPS", AuditBot.GROUP);
        environment.putAll(ordeal.environment());
        gateway = setting.diskSize().isEmpty()
                ? GatewayProcess.start("gateway", directory, environment)
                : GatewayProcess.startOnSmallDisk("gateway", directory, environment, setting.diskSize());
        for (int i = 0; i < setting.bots(); i++) {
            startBot();
        }
    }

    /** Starts everything and waits until it works. */
    static Scenario start(Setting setting, Ordeal ordeal) {
        Scenario scenario = new Scenario(setting, ordeal);
        try {
            scenario.gateway.awaitReady(START);
            scenario.awaitBots(setting.bots());
            return scenario;
        } catch (RuntimeException e) {
            scenario.close();
            throw e;
        }
    }

    /** Runs the ordeal to its end, notes its row and judges it. */
    void endure(String broker) {
        long unowedBefore = discord.ledger().unowed();
        discord.load().start(ordeal.eventsPerSecond());
        load(ordeal.secondsBefore());
        Stats before = discord.stats();
        ordeal.strike().accept(this);
        load(ordeal.secondsAfter());
        discord.load().stop();
        settle();
        Stats after = discord.stats();
        rest();
        AuditReport report = audit.report();
        long extra = after.identifies() - SHARDS;
        Outcome.of(ordeal, broker, report, extra).write();
        assertThat(report.generated()).as("load").isPositive();
        assertThat(report.lost()).as("lost, see %s: %s", directory, report).isZero();
        assertThat(report.discardedByDiscord()).as("discarded: %s", report).isZero();
        assertThat(discord.ledger().unowed() - unowedBefore)
                .as("events of shards without a session, see %s", directory)
                .isZero();
        assertThat(after.sessionsEndedByClient()).as("sessions thrown away").isZero();
        assertThat(report.foreign()).as("events of another run").isZero();
        assertThat(report.outOfOrder())
                .as("out of order, see %s: %s", directory, report)
                .isZero();
        assertThat(report.duplicated())
                .as("duplicated, see %s: %s", directory, report)
                .isZero();
        assertThat(report.redelivered())
                .as("redelivered, more than a bot can have held: %s", report)
                .isLessThanOrEqualTo(ordeal.repeats() == Ordeal.Repeats.NONE ? 0L : AuditBot.WINDOW * (long) crashes);
        if (ordeal.repeats() == Ordeal.Repeats.EXPECTED) {
            assertThat(report.redelivered())
                    .as("handlers that ran when the bot was killed")
                    .isPositive();
        }
        assertThat(extra).as("identifies beyond the first, see %s", directory).isZero();
        if (ordeal.sparesSockets()) {
            assertThat(after.connections() - before.connections())
                    .as("sockets to Discord opened since the fault, see %s", directory)
                    .isZero();
            assertThat(after.zombies())
                    .as("sockets closed for want of heartbeats")
                    .isZero();
        }
    }

    /** Lets that many seconds of load pass, measured in events. */
    void load(double seconds) {
        long until = discord.load().made() + Math.round(seconds * discord.load().rate());
        Awaitility.await("load")
                .atMost(Duration.ofSeconds(Math.round(seconds * 4) + 30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> discord.load().made() >= until);
    }

    private void settle() {
        try {
            Awaitility.await("the audit to be complete")
                    .pollInterval(Duration.ofMillis(500))
                    .atMost(Duration.ofMinutes(2))
                    .until(audit::complete);
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            return; // endure() judges what is missing, with the whole report
        }
        AtomicLong last = new AtomicLong(-1);
        // A duplicate may come late: nothing more may come for a while.
        Awaitility.await("the bots to be quiet")
                .pollInterval(1500, TimeUnit.MILLISECONDS)
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    long now =
                            handled.values().stream().mapToLong(AtomicLong::get).sum();
                    return last.getAndSet(now) == now;
                });
    }

    /** Nothing may be left anywhere that could still be handled: in gateway, spool, queues, dead queue or a bot. */
    private void rest() {
        gateway.awaitReady(START);
        Awaitility.await("the gateway to have nothing left, see " + directory)
                .atMost(Duration.ofMinutes(1))
                .until(() -> gateway.metric("shardline_spool_events") == 0
                        && gateway.metric("shardline_lanes_unconfirmed") == 0);
        List<JavaProcess> running = bots.stream().filter(JavaProcess::isAlive).toList();
        running.forEach(JavaProcess::terminate);
        running.forEach(bot -> bot.awaitExit(Duration.ofSeconds(60)));
        assertThat(GroupQueues.left(botUri, AuditBot.GROUP, AuditBot.PARTITIONS))
                .as("events that nobody has acked or that were given up, see %s", directory)
                .isEmpty();
    }

    private JavaProcess launchBot(int index) {
        return JavaProcess.start(
                "bot-" + index,
                List.of(
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AuditBot.class.getName(),
                        botUri,
                        bookFile.toString(),
                        "bot-" + index,
                        Integer.toString(ordeal.handlerMillis())),
                Map.of(),
                directory.resolve("bot-" + index + ".log"),
                line -> {
                    if (line.equals(AuditBot.READY)) {
                        botsReady.incrementAndGet();
                    }
                });
    }

    /** One line of the book, in the order in which events were handled. */
    private void line(String line) {
        handled.computeIfAbsent(line.substring(0, line.indexOf(' ')), bot -> new AtomicLong())
                .incrementAndGet();
        byte[] marker = line.getBytes(StandardCharsets.US_ASCII);
        if (line.endsWith(" redelivered")) {
            audit.sawRedelivered(marker);
        } else {
            audit.saw(marker);
        }
    }

    /** All bots that were started, those that have ended too. */
    List<JavaProcess> bots() {
        return List.copyOf(bots);
    }

    /** Starts one more bot, and does not wait for it. */
    JavaProcess startBot() {
        JavaProcess bot = launchBot(bots.size());
        bots.add(bot);
        return bot;
    }

    /** Kills a bot for good. */
    void crash(JavaProcess bot) {
        bot.kill();
        crashes++;
    }

    /** How many bots were killed. */
    int crashes() {
        return crashes;
    }

    /** Waits, under load, until every bot that runs has handled something since this was called. */
    void awaitWorkOfEachBot() {
        Map<String, Long> before = work();
        Awaitility.await("each bot at work; their logs are in " + directory)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    Map<String, Long> now = work();
                    return now.keySet().size() == alive()
                            && now.entrySet().stream()
                                    .allMatch(bot -> bot.getValue() > before.getOrDefault(bot.getKey(), 0L));
                });
    }

    private long alive() {
        return bots.stream().filter(JavaProcess::isAlive).count();
    }

    /** Events handled by each bot that runs and has handled any. */
    Map<String, Long> work() {
        Map<String, Long> work = new TreeMap<>();
        for (int i = 0; i < bots.size(); i++) {
            AtomicLong count = handled.get("bot-" + i);
            if (count != null && bots.get(i).isAlive()) {
                work.put("bot-" + i, count.get());
            }
        }
        return work;
    }

    private void awaitBots(int count) {
        Awaitility.await("bots; their logs are in " + directory).atMost(START).until(() -> botsReady.get() >= count);
    }

    /** Kills a bot and starts it again. */
    void killBot(int index) {
        crash(bots.get(index));
        restartBot(index);
    }

    /** Stops a bot as an orchestrator does and starts it again. */
    void stopBot(int index) {
        bots.get(index).terminate();
        bots.get(index).awaitExit(Duration.ofSeconds(40));
        restartBot(index);
    }

    /**
     * As {@link #stopBot}, after a fault that may have cut it off from the broker: then it can tell nobody what it has handled
     * and not acked, and ends like one that crashes.
     */
    void stopBotAmidFaults(int index) {
        stopBot(index);
        crashes++;
    }

    private void restartBot(int index) {
        int before = botsReady.get();
        bots.set(index, launchBot(index));
        awaitBots(before + 1);
    }

    /** Kills the gateway and starts it again. */
    void killGateway() {
        gateway.process().kill();
        gateway.startAgain();
        gateway.awaitReady(START);
    }

    /** Kills the gateway and starts it again, without waiting for the readiness that a missing broker denies. */
    void killGatewayWithoutBroker() {
        gateway.process().kill();
        gateway.startAgain();
    }

    /** Waits until the gateway, back at a broker, publishes from its spool and has more there. */
    void awaitDraining() {
        Awaitility.await("the spool to drain, see " + directory)
                .atMost(START)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> gateway.metric("shardline_spool_drained_total") > 0);
        assertThat(gateway.metric("shardline_spool_events"))
                .as("events left in the spool")
                .isPositive();
    }

    /** Waits until the gateway has left events at Discord for want of room. */
    void awaitRefusals() {
        Awaitility.await("sessions refused, see " + directory)
                .atMost(START)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> gateway.metric("shardline_events_refused_total") > 0);
    }

    /** Stops the gateway as an orchestrator does and starts it again. */
    void stopGateway() {
        gateway.process().terminate();
        assertThat(gateway.process().awaitExit(Duration.ofSeconds(40)))
                .as("exit code after SIGTERM")
                .isZero();
        gateway.startAgain();
        gateway.awaitReady(START);
    }

    DiscordSimulator discord() {
        return discord;
    }

    GatewayProcess gateway() {
        return gateway;
    }

    @Override
    public void close() {
        bots.forEach(JavaProcess::close);
        gateway.close();
        discord.close();
        book.close();
    }
}
