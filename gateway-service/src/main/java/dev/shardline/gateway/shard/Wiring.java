package dev.shardline.gateway.shard;

import dev.shardline.gateway.time.Timers;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** What all shards of a set share. */
record Wiring(
        ShardPorts ports,
        CloseCodePolicy closeCodes,
        Backoff backoff,
        PresenceFactory presence,
        PresenceFactory remembered,
        SendBudget.Factory budgets,
        DoubleSupplier random,
        DialQueue dials,
        Traffic traffic,
        EventRates rates,
        Listeners lifecycle,
        ControllerFailures failures,
        Consumer<FatalClose> fatal) {
    Timers timers() {
        return ports.timers();
    }

    ResumePoints points() {
        return ports.points();
    }
}
