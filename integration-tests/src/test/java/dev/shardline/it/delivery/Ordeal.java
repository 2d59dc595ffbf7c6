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
 * @param mayRepeat whether bots may be killed: flagged redeliveries are allowed, at most a window for each that was
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

    /** Bots may be killed, which know of handled events whose acks have not arrived. */
    Ordeal thatMayRepeat() {
        return new Ordeal(place, fault, eventsPerSecond, secondsBefore, secondsAfter, true, maySpendIdentifies, strike);
    }

    @Override
    public String toString() {
        return place + ": " + fault;
    }
}
