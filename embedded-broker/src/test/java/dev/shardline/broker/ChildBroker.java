package dev.shardline.broker;

import java.nio.file.Path;

/** A broker in a process of its own, to be killed. Prints its port and ends with its standard input. */
final class ChildBroker {
    private ChildBroker() {}

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedBroker broker =
                EmbeddedBroker.builder().directory(Path.of(arguments[0])).start()) {
            System.out.println("PORT " + broker.port());
            System.out.flush();
            while (System.in.read() >= 0) {
                // Until the parent closes it.
            }
        }
    }
}
