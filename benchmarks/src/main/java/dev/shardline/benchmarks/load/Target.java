package dev.shardline.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is measured: a running process between the simulator and the broker. */
interface Target extends AutoCloseable {
    /** What there is to measure. */
    enum Kind {
        /** Forwards without looking. */
        FLOOR("floor"),
        /** The gateway, its events bound to one queue as the floor's. */
        GATEWAY_ONE_QUEUE("gateway-one-queue"),
        /** The gateway as it is used: 16 partition queues of a group. */
        GATEWAY("gateway");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        static Kind of(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label.equals(label.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--targets=" + label + " is none of "
                            + Arrays.stream(values()).map(kind -> kind.label).collect(Collectors.joining(", "))));
        }

        String label() {
            return label;
        }
    }

    /** The process. */
    long pid();

    /** The queues where its events arrive. */
    List<String> queues();

    @Override
    void close();
}
