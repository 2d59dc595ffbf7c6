package dev.shardline.it.delivery;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A fault, where it strikes and under which load.
 *
 * @param place what is hurt
 * @param fault how, in words for the result table
 * @param eventsPerSecond load while it happens
 * @param secondsBefore of load before the fault
 * @param secondsAfter of load after it
 * @param repeats what may be handled again, and flagged
 * @param sparesSockets whether no socket to Discord may be lost by it, nor any heartbeat
 * @param handlerMillis how long a handler takes
 * @param environment of the gateway, on top of what every scenario sets
 * @param strike what happens
 */
record Ordeal(
        String place,
        String fault,
        int eventsPerSecond,
        int secondsBefore,
        int secondsAfter,
        Repeats repeats,
        boolean sparesSockets,
        int handlerMillis,
        Map<String, String> environment,
        Consumer<Scenario> strike) {

    /** What may be handled again. */
    enum Repeats {
        /** Nothing. */
        NONE,
        /** Of a bot that was killed, at most what it held. */
        ALLOWED,
        /** The same, and not nothing: else nothing ran when it was killed, and the row shows nothing. */
        EXPECTED
    }

    static Ordeal of(String place, String fault, int rate, int before, int after, Consumer<Scenario> strike) {
        return new Ordeal(place, fault, rate, before, after, Repeats.NONE, false, 0, Map.of(), strike);
    }

    /** Bots may be killed, which know of handled events whose acks have not arrived. */
    Ordeal thatMayRepeat() {
        return repeating(Repeats.ALLOWED, handlerMillis);
    }

    /** Bots are killed while handlers run, which take that long. */
    Ordeal thatRepeats(int millis) {
        return repeating(Repeats.EXPECTED, millis);
    }

    private Ordeal repeating(Repeats which, int millis) {
        return new Ordeal(
                place,
                fault,
                eventsPerSecond,
                secondsBefore,
                secondsAfter,
                which,
                sparesSockets,
                millis,
                environment,
                strike);
    }

    /** What is behind the gateway is hurt: Discord must not notice. */
    Ordeal thatSparesSockets() {
        return new Ordeal(
                place,
                fault,
                eventsPerSecond,
                secondsBefore,
                secondsAfter,
                repeats,
                true,
                handlerMillis,
                environment,
                strike);
    }

    /** With other settings of the gateway. */
    Ordeal with(Map<String, String> settings) {
        return new Ordeal(
                place,
                fault,
                eventsPerSecond,
                secondsBefore,
                secondsAfter,
                repeats,
                sparesSockets,
                handlerMillis,
                settings,
                strike);
    }

    @Override
    public String toString() {
        return place + ": " + fault;
    }
}
