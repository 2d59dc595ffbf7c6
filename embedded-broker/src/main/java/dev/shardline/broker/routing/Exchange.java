package dev.shardline.broker.routing;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An exchange with its bindings. Confined to the broker's thread. */
public final class Exchange implements Destination {
    private final String name;
    private final ExchangeType type;
    private final boolean durable;
    private final boolean autoDelete;
    private final boolean internal;
    private final Map<String, Object> arguments;
    private final Matcher matcher;
    private final Set<Binding> bindings = new LinkedHashSet<>();

    public Exchange(
            String name,
            ExchangeType type,
            boolean durable,
            boolean autoDelete,
            boolean internal,
            Map<String, Object> arguments) {
        this.name = name;
        this.type = type;
        this.durable = durable;
        this.autoDelete = autoDelete;
        this.internal = internal;
        this.arguments = arguments;
        this.matcher = type.newMatcher();
    }

    @Override
    public String name() {
        return name;
    }

    public ExchangeType type() {
        return type;
    }

    public boolean durable() {
        return durable;
    }

    public boolean autoDelete() {
        return autoDelete;
    }

    public boolean internal() {
        return internal;
    }

    public Map<String, Object> arguments() {
        return arguments;
    }

    /** Where messages go that match nothing, null when they are returned or dropped. */
    public @Nullable String alternate() {
        Object alternate = arguments.get("alternate-exchange");
        return alternate == null ? null : alternate.toString();
    }

    /** Adds a binding; false when there is the same one already. */
    public boolean bind(Binding binding) {
        if (!bindings.add(binding)) {
            return false;
        }
        matcher.add(binding);
        return true;
    }

    /** Removes a binding; false when there is none like it. */
    public boolean unbind(Binding binding) {
        if (!bindings.remove(binding)) {
            return false;
        }
        matcher.remove(binding);
        return true;
    }

    /** A copy, in the order of binding. */
    public List<Binding> bindings() {
        return List.copyOf(bindings);
    }

    public boolean hasBindings() {
        return !bindings.isEmpty();
    }

    /** Tells {@code found} each destination that matches, perhaps more than once. */
    public void route(String routingKey, Supplier<Map<String, Object>> headers, Consumer<Destination> found) {
        matcher.match(routingKey, headers, found);
    }
}
