package dev.shardline.it.delivery;

import java.util.function.Consumer;

/**
 * A fault, where it strikes and under which load.
 *
 * @param place what is hurt
 * @param fault how, in words for the result table
 * @param eventsPerSecond load while it happens
 * @param secondsBefore of load before the fault
 * @param secondsAfter of load after it
 * @param mayRepeat whether a bot or the broker crashes, so that flagged redeliveries are allowed, at most a window for each
 * @param maySpendIdentifies whether the fault itself makes Discord forget sessions
 * @param strike what happens
 */
record Ordeal(
        String place,
        String fault,
        int eventsPerSecond,
        int secondsBefore,
        int secondsAfter,
        boolean mayRepeat,
        boolean maySpendIdentifies,
        Consumer<Scenario> strike) {

    static Ordeal of(String place, String fault, int rate, int before, int after, Consumer<Scenario> strike) {
        return new Ordeal(place, fault, rate, before, after, false, false, strike);
    }

    /** Something crashes that knows of handled events which are not acked for good: a bot, or the broker. */
    Ordeal thatMayRepeat() {
        return new Ordeal(place, fault, eventsPerSecond, secondsBefore, secondsAfter, true, maySpendIdentifies, strike);
    }

    @Override
    public String toString() {
        return place + ": " + fault;
    }
}
