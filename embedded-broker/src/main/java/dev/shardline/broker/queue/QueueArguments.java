package dev.shardline.broker.queue;

import dev.shardline.broker.wire.AmqpException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a queue, checked. Unknown ones are kept and have no effect, as in RabbitMQ.
 *
 * @param quorum whether the queue behaves as a quorum queue
 * @param messageTtl milliseconds, -1 for no limit
 * @param expires milliseconds without use until the queue is deleted, -1 for never
 * @param maxLength ready messages, -1 for no limit
 * @param maxBytes bytes of ready bodies, -1 for no limit
 * @param deliveryLimit counted redeliveries until a quorum queue gives a message up, -1 for no limit
 */
public record QueueArguments(
        boolean quorum,
        long messageTtl,
        long expires,
        long maxLength,
        long maxBytes,
        Overflow overflow,
        @Nullable String deadLetterExchange,
        @Nullable String deadLetterRoutingKey,
        boolean singleActive,
        long deliveryLimit,
        Map<String, Object> raw) {
    private static final int DEFAULT_DELIVERY_LIMIT = 20;
    /** A hundred years, in milliseconds. */
    private static final long LARGEST_TTL = 100L * 365 * 24 * 60 * 60 * 1000;
    /** Those that a redeclaration must repeat. */
    private static final List<String> COMPARED = List.of(
            "x-message-ttl",
            "x-expires",
            "x-max-length",
            "x-max-length-bytes",
            "x-overflow",
            "x-dead-letter-exchange",
            "x-dead-letter-routing-key",
            "x-dead-letter-strategy",
            "x-single-active-consumer",
            "x-delivery-limit",
            "x-consumer-timeout",
            "x-max-priority",
            "x-queue-leader-locator",
            "x-quorum-initial-group-size");

    /** What happens to the message that is too many. */
    public enum Overflow {
        /** The oldest goes. */
        DROP_HEAD,
        /** The publisher gets a nack. */
        REJECT_PUBLISH,
        /** The publisher gets a nack, and the message is dead-lettered. */
        REJECT_PUBLISH_DLX
    }

    /**
     * Checks the arguments of {@code queue.declare}.
     *
     * @param where as in {@code queue 'q' in vhost '/'}
     * @throws AmqpException 406 for a bad value
     */
    public static QueueArguments parse(String where, Map<String, Object> raw) {
        boolean quorum = switch (text(where, raw, "x-queue-type", "classic")) {
            case "classic" -> false;
            case "quorum" -> true;
            case "stream" ->
                throw AmqpException.notImplemented("the embedded broker has no streams: " + where
                        + " has x-queue-type=stream; use quorum or classic, or RabbitMQ 4");
            default ->
                throw AmqpException.preconditionFailed("invalid arg 'x-queue-type' for " + where
                        + ": \"unsupported queue type '" + raw.get("x-queue-type") + "'\"");
        };
        String overflowName = text(where, raw, "x-overflow", "drop-head");
        Overflow overflow = switch (overflowName) {
            case "drop-head" -> Overflow.DROP_HEAD;
            case "reject-publish" -> Overflow.REJECT_PUBLISH;
            // Quorum queues know no such overflow and fall back to drop-head without a word.
            case "reject-publish-dlx" -> quorum ? Overflow.DROP_HEAD : Overflow.REJECT_PUBLISH_DLX;
            default -> throw invalid(where, "x-overflow", "invalid_overflow");
        };
        if (raw.containsKey("x-max-priority") && quorum) {
            throw invalidForType(where, "x-max-priority", "rabbit_quorum_queue");
        }
        if (raw.containsKey("x-max-priority")) {
            throw AmqpException.notImplemented("the embedded broker has no priority queues: " + where
                    + " has x-max-priority; leave it out, or use RabbitMQ 4");
        }
        String strategy = text(where, raw, "x-dead-letter-strategy", "at-most-once");
        if (!strategy.equals("at-most-once") && !strategy.equals("at-least-once")) {
            throw invalid(where, "x-dead-letter-strategy", "invalid_dlx_strategy");
        }
        requireText(where, raw, "x-dead-letter-exchange");
        String deadLetterExchange = optionalText(where, raw, "x-dead-letter-exchange");
        String deadLetterRoutingKey = optionalText(where, raw, "x-dead-letter-routing-key");
        if (deadLetterRoutingKey != null && deadLetterExchange == null) {
            throw invalid(where, "x-dead-letter-routing-key", "routing_key_but_no_dlx_defined");
        }
        long consumerTimeout = number(where, raw, "x-consumer-timeout", 0, LARGEST_TTL);
        if (consumerTimeout >= 0 && !quorum) {
            throw invalidForType(where, "x-consumer-timeout", "rabbit_classic_queue");
        }
        long deliveryLimit = quorum ? DEFAULT_DELIVERY_LIMIT : -1;
        if (raw.containsKey("x-delivery-limit")) {
            if (!quorum) {
                throw invalidForType(where, "x-delivery-limit", "rabbit_classic_queue");
            }
            // RabbitMQ takes anything here and falls back to the default when it is no integer.
            if (raw.get("x-delivery-limit") instanceof Number limit) {
                deliveryLimit = limit.longValue();
            }
        }
        long expires = number(where, raw, "x-expires", 0, LARGEST_TTL);
        if (expires == 0) {
            throw invalid(where, "x-expires", "{value_zero,0}");
        }
        return new QueueArguments(
                quorum,
                number(where, raw, "x-message-ttl", 0, LARGEST_TTL),
                expires,
                number(where, raw, "x-max-length", 0, Long.MAX_VALUE),
                number(where, raw, "x-max-length-bytes", 0, Long.MAX_VALUE),
                overflow,
                deadLetterExchange,
                deadLetterRoutingKey,
                flag(where, raw, "x-single-active-consumer"),
                deliveryLimit,
                Collections.unmodifiableMap(new LinkedHashMap<>(raw)));
    }

    /**
     * Compares with the arguments of a redeclaration.
     *
     * @throws AmqpException 406 naming the first argument that differs
     */
    public void requireSame(String where, Map<String, Object> received) {
        String type = quorum ? "quorum" : "classic";
        requireSame(where, "x-queue-type", type, Objects.requireNonNullElse(received.get("x-queue-type"), "classic"));
        for (String name : COMPARED) {
            requireSame(where, name, raw.get(name), received.get(name));
        }
    }

    /**
     * Compares one argument.
     *
     * @throws AmqpException 406 when they differ
     */
    public static void requireSame(String where, String name, @Nullable Object current, @Nullable Object received) {
        boolean same = (current instanceof Number left && received instanceof Number right)
                ? left.longValue() == right.longValue()
                : String.valueOf(current).equals(String.valueOf(received));
        if (!same) {
            boolean both = current != null && received != null;
            throw AmqpException.preconditionFailed("inequivalent arg '" + name + "' for " + where + ": received "
                    + (both ? "'" + received + "'" : described(received)) + " but current is "
                    + (both ? "'" + current + "'" : described(current)));
        }
    }

    private static String described(@Nullable Object value) {
        return value == null ? "none" : "the value '" + value + "' of type '" + type(value) + "'";
    }

    private static String type(Object value) {
        if (value instanceof Byte) {
            return "byte";
        } else if (value instanceof Short) {
            return "short";
        } else if (value instanceof Integer) {
            return "signedint";
        } else if (value instanceof Long) {
            return "long";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof Map) {
            return "table";
        } else if (value instanceof Number) {
            return "double";
        }
        return "longstr";
    }

    private static String text(String where, Map<String, Object> raw, String name, String fallback) {
        String value = optionalText(where, raw, name);
        return value == null ? fallback : value;
    }

    private static @Nullable String optionalText(String where, Map<String, Object> raw, String name) {
        Object value = raw.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Map) {
            throw invalid(where, name, "{unacceptable_type," + type(value) + "}");
        }
        return value.toString();
    }

    private static void requireText(String where, Map<String, Object> raw, String name) {
        Object value = raw.get(name);
        if (value != null) {
            requireText(where, name, value);
        }
    }

    /**
     * Checks that the name of an exchange is text.
     *
     * @throws AmqpException 406 when it is not
     */
    public static void requireText(String where, String name, Object value) {
        if (!type(value).equals("longstr")) {
            throw AmqpException.preconditionFailed(
                    "invalid type '" + type(value) + "' for arg '" + name + "' in " + where);
        }
    }

    /**
     * Reads the priority of a consumer.
     *
     * @throws AmqpException 406 when it is no integer
     */
    public static long priority(String where, Map<String, Object> arguments) {
        Object value = arguments.get("x-priority");
        if (value == null) {
            return 0;
        }
        if (!(value instanceof Number number) || value instanceof Double || value instanceof Float) {
            throw invalid(where, "x-priority", "\"expected integer, got " + type(value) + "\"");
        }
        return number.longValue();
    }

    private static boolean flag(String where, Map<String, Object> raw, String name) {
        Object value = raw.get(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw invalid(where, name, "{unacceptable_type," + type(value) + "}");
    }

    private static long number(String where, Map<String, Object> raw, String name, long least, long most) {
        Object value = raw.get(name);
        if (value == null) {
            return -1;
        }
        if (!(value instanceof Number number) || value instanceof Double || value instanceof Float) {
            throw invalid(where, name, "\"expected integer, got " + type(value) + "\"");
        }
        if (number.longValue() < least) {
            throw invalid(where, name, "{value_negative," + number + "}");
        }
        if (number.longValue() > most) {
            throw invalid(where, name, "{value_too_big," + number + "}");
        }
        return number.longValue();
    }

    private static AmqpException invalid(String where, String name, String why) {
        return AmqpException.preconditionFailed("invalid arg '" + name + "' for " + where + ": " + why);
    }

    private static AmqpException invalidForType(String where, String name, String type) {
        return AmqpException.preconditionFailed("invalid arg '" + name + "' for " + where + " of queue type " + type);
    }
}
