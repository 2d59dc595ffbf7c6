package dev.shardline.benchmarks.process;

import dev.shardline.broker.EmbeddedBroker;
import java.io.InputStream;

/** The embedded broker alone, in memory. Says {@code broker <uri>}. */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.builder().inMemory().start();
                InputStream in = System.in) {
            System.out.println("broker " + broker.uri());
            while (in.read() >= 0) {
                // Nothing to say to it; the end of the input is the end of the process.
            }
        }
    }
}
