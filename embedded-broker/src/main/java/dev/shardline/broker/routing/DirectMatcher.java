package dev.shardline.broker.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The routing key is the binding key. */
final class DirectMatcher implements Matcher {
    private final Map<String, List<Binding>> byKey = new HashMap<>();

    @Override
    public void add(Binding binding) {
        byKey.computeIfAbsent(binding.routingKey(), key -> new ArrayList<>(1)).add(binding);
    }

    @Override
    public void remove(Binding binding) {
        List<Binding> bindings = byKey.get(binding.routingKey());
        if (bindings != null && bindings.remove(binding) && bindings.isEmpty()) {
            byKey.remove(binding.routingKey());
        }
    }

    @Override
    public void match(String routingKey, Supplier<Map<String, Object>> headers, Consumer<Destination> found) {
        List<Binding> bindings = byKey.get(routingKey);
        if (bindings != null) {
            for (Binding binding : bindings) {
                found.accept(binding.destination());
            }
        }
    }
}
