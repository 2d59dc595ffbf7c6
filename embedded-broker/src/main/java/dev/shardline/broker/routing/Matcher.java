package dev.shardline.broker.routing;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Finds the bindings of one exchange that a message matches. */
interface Matcher {
    void add(Binding binding);

    void remove(Binding binding);

    /** Tells {@code found} each destination, perhaps more than once. The headers are decoded only when asked for. */
    void match(String routingKey, Supplier<Map<String, Object>> headers, Consumer<Destination> found);
}
