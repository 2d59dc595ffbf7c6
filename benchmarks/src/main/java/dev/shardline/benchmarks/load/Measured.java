package dev.shardline.benchmarks.load;

/**
 * One rate of one target.
 *
 * @param offered events per second that the simulator was told to make
 * @param delivered events per second that reached the consumer
 * @param cpuPerEvent CPU time of the target in microseconds per delivered event
 * @param p50Micros median time from the simulator to the consumer
 * @param p99Micros 99th percentile of it
 * @param residentKb resident memory of the target at the end
 */
record Measured(double offered, double delivered, double cpuPerEvent, long p50Micros, long p99Micros, long residentKb) {
    private static final long SUSTAINED_P99_MICROS = 1_000_000;
    private static final double KEPT_UP = 0.97;

    /** Whether what was offered came through, and within a second. */
    boolean sustained() {
        return p99Micros <= SUSTAINED_P99_MICROS && delivered >= offered * KEPT_UP;
    }
}
