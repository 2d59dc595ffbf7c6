package dev.shardline.broker.routing;

import com.rabbitmq.client.LongString;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares headers with the arguments of the binding. {@code x-match} is {@code all} (default), {@code any},
 * {@code all-with-x} or {@code any-with-x}; without {@code -with-x}, arguments that begin with {@code x-} do not count.
 */
final class HeadersMatcher implements Matcher {
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
        Map<String, Object> present = headers.get();
        for (Binding binding : bindings) {
            if (matches(binding.arguments(), present)) {
                found.accept(binding.destination());
            }
        }
    }

    private static boolean matches(Map<String, Object> wanted, Map<String, Object> present) {
        String mode = Objects.toString(wanted.get("x-match"), "all");
        boolean any = mode.startsWith("any");
        boolean withX = mode.endsWith("-with-x");
        for (Map.Entry<String, Object> argument : wanted.entrySet()) {
            String name = argument.getKey();
            if (name.equals("x-match") || (!withX && name.startsWith("x-"))) {
                continue;
            }
            boolean matches = present.containsKey(name)
                    && (argument.getValue() == null || sameValue(argument.getValue(), present.get(name)));
            if (any && matches) {
                return true;
            }
            if (!any && !matches) {
                return false;
            }
        }
        return !any;
    }

    private static boolean sameValue(Object wanted, @Nullable Object present) {
        if (wanted instanceof Number left && present instanceof Number right) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
        }
        if (wanted instanceof LongString || wanted instanceof String) {
            return present != null && wanted.toString().equals(present.toString());
        }
        return wanted.equals(present);
    }
}
