package dev.shardline.simulator.load;

import dev.shardline.simulator.gateway.Gateway;
import dev.shardline.simulator.net.Reactor;
import dev.shardline.simulator.net.Ticks;
import dev.shardline.simulator.world.EventTemplate;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes events happen in random guilds at a given rate, the same sequence for the same seed.
 *
 * <p>Safe on any thread; the work is done on the simulator's own thread in steps of a millisecond.
 */
public final class LoadGenerator {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int MOST_PER_STEP = 5_000;

    private final Reactor reactor;
    private final Gateway gateway;
    private final SplittableRandom random;
    private EventMix mix;
    private double eventsPerSecond;
    private long accountedUntil;
    private double owedFraction;
    private long stillToMake = Long.MAX_VALUE;
    private boolean running;
    private long made;
    private @Nullable CompletableFuture<Void> finished;

    public LoadGenerator(Reactor reactor, Gateway gateway, EventMix mix, long seed) {
        this.reactor = reactor;
        this.gateway = gateway;
        this.mix = mix;
        this.random = new SplittableRandom(seed);
    }

    /** Starts, or changes the rate while running; 0 pauses. */
    public void start(double newEventsPerSecond) {
        checkRate(newEventsPerSecond);
        reactor.call(() -> {
            begin(newEventsPerSecond, Long.MAX_VALUE, null);
            return true;
        });
    }

    /** Makes exactly {@code count} events at the rate and then stops; the future completes after the last one. */
    public CompletableFuture<Void> generate(long count, double newEventsPerSecond) {
        checkRate(newEventsPerSecond);
        CompletableFuture<Void> done = new CompletableFuture<>();
        reactor.call(() -> {
            begin(newEventsPerSecond, count, done);
            return true;
        });
        return done;
    }

    /** Makes that many events at once, also while running. */
    public void burst(int count) {
        reactor.call(() -> {
            for (int i = 0; i < count; i++) {
                one();
            }
            return true;
        });
    }

    /** Replaces the mix from now on. */
    public void mix(EventMix newMix) {
        reactor.call(() -> mix = newMix);
    }

    /** Stops; a pending {@link #generate} fails. */
    public void stop() {
        reactor.call(() -> {
            running = false;
            if (finished != null) {
                finished.completeExceptionally(new CompletionException("the load was stopped", null));
                finished = null;
            }
            return true;
        });
    }

    /** Events made so far, owed or not. */
    public long made() {
        return reactor.call(() -> made);
    }

    /** The rate in force, 0 when stopped. */
    public double rate() {
        return reactor.call(() -> running ? eventsPerSecond : 0.0);
    }

    private static void checkRate(double rate) {
        if (!(rate >= 0 && rate <= 1_000_000)) {
            throw new IllegalArgumentException("events per second must be between 0 and 1,000,000, was " + rate);
        }
    }

    private void begin(double newRate, long count, @Nullable CompletableFuture<Void> done) {
        if (finished != null) {
            finished.completeExceptionally(new CompletionException("another load was started", null));
        }
        finished = done;
        eventsPerSecond = newRate;
        stillToMake = count;
        accountedUntil = Ticks.now();
        owedFraction = 0;
        if (!running) {
            running = true;
            reactor.execute(this::step);
        }
    }

    private void step() {
        if (!running) {
            return;
        }
        long now = Ticks.now();
        owedFraction += (now - accountedUntil) / 1e9 * eventsPerSecond;
        accountedUntil = now;
        long due = Math.min((long) Math.min(owedFraction, MOST_PER_STEP), stillToMake);
        for (long i = 0; i < due; i++) {
            one();
        }
        owedFraction -= due;
        stillToMake -= stillToMake == Long.MAX_VALUE ? 0 : due;
        if (stillToMake <= 0) {
            running = false;
            CompletableFuture<Void> done = finished;
            finished = null;
            if (done != null) {
                done.complete(null);
            }
            return;
        }
        reactor.after(STEP, this::step);
    }

    private void one() {
        EventTemplate template = mix.pick(random);
        List<Long> guilds = gateway.world().guilds();
        long guildId = template.guildEvent() && !guilds.isEmpty() ? guilds.get(random.nextInt(guilds.size())) : 0;
        gateway.emit(template, guildId);
        made++;
    }
}
