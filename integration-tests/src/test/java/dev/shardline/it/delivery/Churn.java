package dev.shardline.it.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.it.process.JavaProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Bots that come and go at random under load. A change does not wait for the one before: bots leave while others start.
 *
 * <p>The same seed makes the same changes after the same number of events; how long a process takes to start is the
 * machine's affair.
 *
 * @param seed of what happens, and when
 * @param seconds of load meanwhile
 * @param changesPerMinute how many bots come or go
 * @param most bots at a time; at least half as many are left
 * @param kills whether one of two that go is killed; else all leave as an orchestrator asks them to
 */
record Churn(long seed, int seconds, double changesPerMinute, int most, boolean kills) implements Consumer<Scenario> {
    /** What a JVM ends with after SIGTERM, its shutdown hooks done. */
    private static final int TERMINATED = 143;

    private static final Duration DRAINED = Duration.ofSeconds(60);

    /** The ordeal; the load goes on for some seconds before and after. */
    Ordeal ordeal(int eventsPerSecond) {
        String fault = (kills
                        ? "%d joining, leaving and killed at random for %s"
                        : "%d joining and leaving at random for %s")
                .formatted(most, seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s");
        Ordeal ordeal = Ordeal.of("bots", fault, eventsPerSecond, 3, 5, this);
        return kills ? ordeal.thatMayRepeat() : ordeal;
    }

    @Override
    public void accept(Scenario scenario) {
        Random random = new Random(seed);
        List<JavaProcess> present = new ArrayList<>(scenario.bots());
        List<JavaProcess> leaving = new ArrayList<>();
        int joined = 0;
        double left = seconds;
        while (left > 0) {
            double wait = Math.min(left, 60 / changesPerMinute * (0.5 + random.nextDouble()));
            scenario.load(wait);
            left -= wait;
            boolean joins = present.size() <= most / 2 || (present.size() < most && random.nextBoolean());
            if (joins) {
                present.add(scenario.startBot());
                joined++;
                continue;
            }
            JavaProcess bot = present.remove(random.nextInt(present.size()));
            if (kills && random.nextBoolean()) {
                scenario.crash(bot);
            } else {
                bot.terminate();
                leaving.add(bot);
            }
        }
        assertThat(leaving)
                .as("bots that left by SIGTERM, by their exit codes")
                .isNotEmpty()
                .allSatisfy(bot -> assertThat(bot.awaitExit(DRAINED)).isEqualTo(TERMINATED));
        assertThat(joined).as("bots that joined").isPositive();
        while (present.size() < most) {
            present.add(scenario.startBot());
        }
        scenario.awaitWorkOfEachBot();
        System.out.printf(
                "churn with seed %d: %d bots joined, %d left, %d were killed; handled by those left at the end: %s%n",
                seed, joined, leaving.size(), scenario.crashes(), scenario.work());
        assertThat(scenario.crashes() > 0).as("bots were killed").isEqualTo(kills);
    }
}
