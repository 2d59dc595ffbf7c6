package dev.shardline.broker.routing;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything goes everywhere. */
final class FanoutMatcher implements Matcher {
    private final Set<Binding> bindings = new LinkedHashSet<>();

    @Override
    public void add(Binding binding) {
        bindings.add(binding);
    }

    @Override
    public void remove(Binding binding) {
        bindings.remove(binding);
    }

    @Override
    public void match(String routingKey, Supplier<Map<String, Object>> headers, Consumer<Destination> found) {
        for (Binding binding : bindings) {
            found.accept(binding.destination());
        }
    }
}
