package dev.shardline.benchmarks.load;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one target did.
 *
 * @param title what was measured
 * @param rates the fixed rates, in the order of the options
 * @param ramp the rates on the way to saturation; all but the last were sustained
 * @param generated events that the simulator made from the first to the last
 * @param consumed how many of them reached the consumer
 */
record TargetResult(String title, List<Measured> rates, List<Measured> ramp, long generated, long consumed) {
    /** The highest rate that came through with a p99 of at most one second. */
    double maxSustained() {
        return ramp.stream()
                .filter(each -> each.p99Micros() <= 1_000_000)
                .mapToDouble(Measured::delivered)
                .max()
                .orElse(0);
    }

    /** Where most events per second came through: the most that the machine gives. */
    Optional<Measured> saturation() {
        return ramp.stream().max(Comparator.comparingDouble(Measured::delivered));
    }
}
