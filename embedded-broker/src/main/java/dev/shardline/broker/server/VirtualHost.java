package dev.shardline.broker.server;

import dev.shardline.broker.queue.Confirm;
import dev.shardline.broker.queue.DeadLetterReason;
import dev.shardline.broker.queue.Message;
import dev.shardline.broker.queue.MessageLog;
import dev.shardline.broker.queue.MessageQueue;
import dev.shardline.broker.queue.QueueArguments;
import dev.shardline.broker.queue.QueueOwner;
import dev.shardline.broker.queue.Timers;
import dev.shardline.broker.routing.Binding;
import dev.shardline.broker.routing.Destination;
import dev.shardline.broker.routing.Exchange;
import dev.shardline.broker.routing.ExchangeType;
import dev.shardline.broker.wire.AmqpException;
import dev.shardline.broker.wire.RawProperties;
import dev.shardline.broker.wire.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The exchanges, queues and bindings of one virtual host. Confined to the broker's thread. */
final class VirtualHost implements QueueOwner {
    private static final String RESERVED = "amq.";

    private final String name;
    private final MessageLog log;
    private final Timers timers;
    private final Definitions definitions;
    private final IntSupplier queueIds;
    private final Map<String, Exchange> exchanges = new LinkedHashMap<>();
    private final Map<String, MessageQueue> queues = new LinkedHashMap<>();
    private final Map<Destination, Set<Binding>> bindingsTo = new HashMap<>();

    VirtualHost(String name, MessageLog log, Timers timers, Definitions definitions, IntSupplier queueIds) {
        this.name = name;
        this.log = log;
        this.timers = timers;
        this.definitions = definitions;
        this.queueIds = queueIds;
        predeclare("", ExchangeType.DIRECT, false);
        predeclare("amq.direct", ExchangeType.DIRECT, false);
        predeclare("amq.fanout", ExchangeType.FANOUT, false);
        predeclare("amq.topic", ExchangeType.TOPIC, false);
        predeclare("amq.headers", ExchangeType.HEADERS, false);
        predeclare("amq.match", ExchangeType.HEADERS, false);
        predeclare("amq.rabbitmq.trace", ExchangeType.TOPIC, true);
    }

    private void predeclare(String exchange, ExchangeType type, boolean internal) {
        exchanges.put(exchange, new Exchange(exchange, type, true, false, internal, Map.of()));
    }

    String name() {
        return name;
    }

    Collection<MessageQueue> queues() {
        return queues.values();
    }

    // Exchanges

    Exchange exchange(String exchange) {
        Exchange found = exchanges.get(exchange);
        if (found == null) {
            throw AmqpException.notFound("no exchange '" + exchange + "' in vhost '" + name + "'");
        }
        return found;
    }

    boolean hasExchange(String exchange) {
        return exchanges.containsKey(exchange);
    }

    void declareExchange(
            String exchange,
            String typeName,
            boolean durable,
            boolean autoDelete,
            boolean internal,
            Map<String, Object> arguments) {
        ExchangeType type = ExchangeType.named(typeName)
                .orElseThrow(() -> AmqpException.preconditionFailed("unknown exchange type '" + typeName + "'"));
        refuseDefault(exchange);
        String where = "exchange '" + exchange + "' in vhost '" + name + "'";
        Exchange existing = exchanges.get(exchange);
        if (existing == null) {
            refuseReserved("exchange", exchange);
            Object alternate = arguments.get("alternate-exchange");
            if (alternate != null) {
                QueueArguments.requireText(
                        "exchange '" + exchange + "' in vhost '" + name + "'", "alternate-exchange", alternate);
            }
            Exchange made = new Exchange(exchange, type, durable, autoDelete, internal, copyOf(arguments));
            exchanges.put(exchange, made);
            if (durable) {
                definitions.define(exchangeKey(exchange), encoded(made));
            }
            return;
        }
        same(where, "type", existing.type().wireName(), type.wireName());
        same(where, "durable", existing.durable(), durable);
        same(where, "auto_delete", existing.autoDelete(), autoDelete);
        same(where, "internal", existing.internal(), internal);
        QueueArguments.requireSame(
                where,
                "alternate-exchange",
                existing.arguments().get("alternate-exchange"),
                arguments.get("alternate-exchange"));
    }

    void deleteExchange(String exchange, boolean ifUnused) {
        refuseDefault(exchange);
        Exchange found = exchanges.get(exchange);
        if (found == null) {
            return;
        }
        if (exchange.startsWith(RESERVED)) {
            throw AmqpException.accessRefused(
                    "deletion of system exchange '" + exchange + "' in vhost '" + name + "' not allowed");
        }
        if (ifUnused && found.hasBindings()) {
            throw AmqpException.preconditionFailed("exchange '" + exchange + "' in vhost '" + name + "' in use");
        }
        exchanges.remove(exchange);
        if (found.durable()) {
            definitions.undefine(exchangeKey(exchange));
        }
        for (Binding binding : found.bindings()) {
            dropBinding(binding);
        }
        dropBindingsTo(found);
    }

    // Bindings

    void bind(Exchange source, Destination destination, String routingKey, Map<String, Object> arguments) {
        if (source.type() == ExchangeType.HEADERS) {
            requireMatchMode(arguments);
        }
        Binding binding = new Binding(source, destination, routingKey, copyOf(arguments));
        if (source.bind(binding)) {
            bindingsTo
                    .computeIfAbsent(destination, key -> new LinkedHashSet<>())
                    .add(binding);
            if (isDurable(binding)) {
                definitions.define(bindingKey(binding), encoded(binding));
            }
        }
    }

    void unbind(Exchange source, Destination destination, String routingKey, Map<String, Object> arguments) {
        dropBinding(new Binding(source, destination, routingKey, copyOf(arguments)));
        deleteIfUnused(source);
    }

    private static void requireMatchMode(Map<String, Object> arguments) {
        Object mode = arguments.get("x-match");
        if (mode != null && !Set.of("all", "any", "all-with-x", "any-with-x").contains(mode.toString())) {
            throw AmqpException.preconditionFailed(
                    "Invalid x-match field value <<\"" + mode + "\">>; expected all, any, all-with-x, or any-with-x");
        }
    }

    private void dropBinding(Binding binding) {
        if (!binding.source().unbind(binding)) {
            return;
        }
        Set<Binding> others = bindingsTo.get(binding.destination());
        if (others != null) {
            others.remove(binding);
        }
        if (isDurable(binding)) {
            definitions.undefine(bindingKey(binding));
        }
    }

    private void dropBindingsTo(Destination destination) {
        Set<Binding> bindings = bindingsTo.remove(destination);
        if (bindings == null) {
            return;
        }
        for (Binding binding : List.copyOf(bindings)) {
            dropBinding(binding);
            deleteIfUnused(binding.source());
        }
    }

    private void deleteIfUnused(Exchange exchange) {
        if (exchange.autoDelete() && !exchange.hasBindings() && exchanges.get(exchange.name()) == exchange) {
            deleteExchange(exchange.name(), false);
        }
    }

    private static boolean isDurable(Binding binding) {
        boolean durableEnd = binding.destination() instanceof MessageQueue queue
                ? queue.durable() && queue.exclusiveOwner() == null
                : ((Exchange) binding.destination()).durable();
        return durableEnd && binding.source().durable();
    }

    // Queues

    /**
     * The queue, for a connection that wants to use it.
     *
     * @throws AmqpException 404 when there is none, 405 when it belongs to another connection
     */
    MessageQueue queue(String queue, Object connection) {
        MessageQueue found = queues.get(queue);
        if (found == null) {
            throw AmqpException.notFound("no queue '" + queue + "' in vhost '" + name + "'");
        }
        if (found.exclusiveOwner() != null && found.exclusiveOwner() != connection) {
            throw AmqpException.resourceLocked("cannot obtain exclusive access to locked " + found.where()
                    + ". It could be originally declared on another connection or the exclusive property value does not"
                    + " match that of the original declaration.");
        }
        return found;
    }

    boolean hasQueue(String queue) {
        return queues.containsKey(queue);
    }

    MessageQueue declareQueue(
            String queue,
            boolean durable,
            boolean exclusive,
            boolean autoDelete,
            Map<String, Object> arguments,
            Object connection) {
        String where = "queue '" + queue + "' in vhost '" + name + "'";
        refuseReserved("queue", queue);
        if (queues.containsKey(queue)) {
            MessageQueue existing = queue(queue, connection);
            if (exclusive != (existing.exclusiveOwner() != null)) {
                throw AmqpException.resourceLocked("cannot obtain exclusive access to locked " + where
                        + ". It could be originally declared on another connection or the exclusive property value does"
                        + " not match that of the original declaration.");
            }
            same(where, "durable", existing.durable(), durable);
            same(where, "auto_delete", existing.autoDelete(), autoDelete);
            existing.arguments().requireSame(where, arguments);
            existing.touched();
            return existing;
        }
        return declareUnnamed(queue, durable, exclusive, autoDelete, arguments, connection);
    }

    /** Makes a queue whose name the broker has chosen. */
    MessageQueue declareUnnamed(
            String queue,
            boolean durable,
            boolean exclusive,
            boolean autoDelete,
            Map<String, Object> arguments,
            Object connection) {
        String where = "queue '" + queue + "' in vhost '" + name + "'";
        QueueArguments parsed = QueueArguments.parse(where, arguments);
        if (parsed.quorum() && (!durable || exclusive || autoDelete)) {
            String property = !durable ? "non-durable" : exclusive ? "exclusive-owner" : "auto-delete";
            throw AmqpException.preconditionFailed("invalid property '" + property + "' for " + where);
        }
        MessageQueue made = new MessageQueue(
                queue,
                where,
                queueIds.getAsInt(),
                durable,
                autoDelete,
                exclusive ? connection : null,
                parsed,
                this,
                log,
                timers);
        queues.put(queue, made);
        if (durable && !exclusive) {
            definitions.define(queueKey(queue), encoded(made));
        }
        return made;
    }

    /**
     * Deletes a queue.
     *
     * @return the messages that were ready
     */
    int deleteQueue(MessageQueue queue, boolean ifUnused, boolean ifEmpty) {
        if (ifUnused && queue.consumerCount() > 0) {
            throw AmqpException.preconditionFailed(queue.where() + " in use");
        }
        if (ifEmpty && queue.arguments().quorum()) {
            throw AmqpException.notImplemented("cannot delete " + queue.where()
                    + ". queue.delete operations with if-empty flag set are not supported by quorum queues");
        }
        if (ifEmpty && queue.readyCount() > 0) {
            throw AmqpException.preconditionFailed(queue.where() + " not empty");
        }
        int count = queue.readyCount();
        if (queues.remove(queue.name(), queue)) {
            if (queue.durable() && queue.exclusiveOwner() == null) {
                definitions.undefine(queueKey(queue.name()));
            }
            dropBindingsTo(queue);
            queue.delete();
        }
        return count;
    }

    @Override
    public void deleteUnused(MessageQueue queue) {
        deleteQueue(queue, false, false);
    }

    /** A connection has ended: its exclusive queues go with it. */
    void deleteOwnedBy(Object connection) {
        for (MessageQueue queue : List.copyOf(queues.values())) {
            if (queue.exclusiveOwner() == connection) {
                deleteQueue(queue, false, false);
            }
        }
    }

    // Publishing

    /**
     * Routes a message and gives it to its queues.
     *
     * @return false when no queue is meant
     */
    boolean publish(Exchange exchange, Message message, @Nullable Confirm confirm) {
        if (exchange.name().isEmpty() && !message.properties().mayHaveCopies()) {
            MessageQueue queue = queues.get(message.routingKey());
            if (queue == null) {
                return false;
            }
            queue.publish(message, confirm);
            return true;
        }
        Set<MessageQueue> targets = route(exchange, message);
        Message sent = withoutBlindCopies(message);
        for (MessageQueue queue : targets) {
            queue.publish(sent, confirm);
        }
        return !targets.isEmpty();
    }

    private Set<MessageQueue> route(Exchange exchange, Message message) {
        Set<MessageQueue> targets = new LinkedHashSet<>(4);
        Supplier<Map<String, Object>> headers = () -> headersOf(message.properties());
        List<String> routingKeys = List.of(message.routingKey());
        if (message.properties().mayHaveCopies()) {
            Map<String, Object> table = headers.get();
            routingKeys = new ArrayList<>(routingKeys);
            routingKeys.addAll(DeadLetterHeaders.copies(table, "CC"));
            routingKeys.addAll(DeadLetterHeaders.copies(table, "BCC"));
        }
        for (String routingKey : routingKeys) {
            route(exchange, routingKey, headers, targets, null);
        }
        return targets;
    }

    private void route(
            Exchange exchange,
            String routingKey,
            Supplier<Map<String, Object>> headers,
            Set<MessageQueue> targets,
            @Nullable Set<Exchange> visitedBefore) {
        Set<Exchange> visited = visitedBefore;
        List<Exchange> further = new ArrayList<>(0);
        boolean[] matched = {false};
        if (exchange.name().isEmpty()) {
            MessageQueue queue = queues.get(routingKey);
            if (queue != null) {
                matched[0] = true;
                targets.add(queue);
            }
        }
        exchange.route(routingKey, headers, destination -> {
            matched[0] = true;
            if (destination instanceof MessageQueue queue) {
                targets.add(queue);
            } else {
                further.add((Exchange) destination);
            }
        });
        String alternate = exchange.alternate();
        if (!matched[0] && alternate != null) {
            Exchange fallback = exchanges.get(alternate);
            if (fallback != null) {
                further.add(fallback);
            }
        }
        if (further.isEmpty()) {
            return;
        }
        if (visited == null) {
            visited = new LinkedHashSet<>();
        }
        visited.add(exchange);
        for (Exchange next : further) {
            if (!visited.contains(next)) {
                route(next, routingKey, headers, targets, visited);
            }
        }
    }

    private static Map<String, Object> headersOf(RawProperties properties) {
        if (!properties.hasHeaders()) {
            return Map.of();
        }
        Map<String, Object> headers = properties.decode().getHeaders();
        return headers == null ? Map.of() : headers;
    }

    private static Message withoutBlindCopies(Message message) {
        if (!message.properties().mayHaveCopies()) {
            return message;
        }
        Map<String, Object> headers = new HashMap<>(headersOf(message.properties()));
        if (headers.remove("BCC") == null) {
            return message;
        }
        return new Message(
                message.exchange(),
                message.routingKey(),
                RawProperties.of(
                        message.properties().decode().builder().headers(headers).build()),
                message.body());
    }

    @Override
    public void deadLetter(MessageQueue queue, Message message, DeadLetterReason reason) {
        Exchange target = exchanges.get(String.valueOf(queue.arguments().deadLetterExchange()));
        if (target == null) {
            return;
        }
        String newKey = queue.arguments().deadLetterRoutingKey();
        RawProperties properties = DeadLetterHeaders.after(message, queue, reason, timers.now(), newKey != null);
        Message dead = new Message(
                target.name(), newKey == null ? message.routingKey() : newKey, properties, message.body(), true);
        for (MessageQueue next : route(target, dead)) {
            if (!DeadLetterHeaders.cycles(properties, next.name(), reason)) {
                next.publish(dead, null);
            }
        }
    }

    // Checks

    private void refuseDefault(String exchange) {
        if (exchange.isEmpty()) {
            throw AmqpException.accessRefused("operation not permitted on the default exchange");
        }
    }

    private void refuseReserved(String kind, String wanted) {
        if (wanted.startsWith(RESERVED)) {
            throw AmqpException.accessRefused(kind + " name '" + wanted + "' contains reserved prefix 'amq.*'");
        }
    }

    private static void same(String where, String property, Object current, Object received) {
        if (!current.equals(received)) {
            throw AmqpException.preconditionFailed("inequivalent arg '" + property + "' for " + where + ": received '"
                    + received + "' but current is '" + current + "'");
        }
    }

    // What survives a restart

    private String exchangeKey(String exchange) {
        return "exchange\0" + name + '\0' + exchange;
    }

    private String queueKey(String queue) {
        return "queue\0" + name + '\0' + queue;
    }

    private String bindingKey(Binding binding) {
        return "binding\0" + name + '\0' + binding.source().name() + '\0'
                + (binding.destination() instanceof MessageQueue ? 'q' : 'e')
                + binding.destination().name() + '\0'
                + binding.routingKey() + '\0'
                + (binding.arguments().isEmpty()
                        ? ""
                        : HexFormat.of().formatHex(Tables.encode(new TreeMap<>(binding.arguments()))));
    }

    private byte[] encoded(Exchange exchange) {
        Map<String, Object> table = new HashMap<>();
        table.put("vhost", name);
        table.put("name", exchange.name());
        table.put("type", exchange.type().wireName());
        table.put("auto-delete", exchange.autoDelete());
        table.put("internal", exchange.internal());
        table.put("arguments", exchange.arguments());
        return Tables.encode(table);
    }

    private byte[] encoded(MessageQueue queue) {
        Map<String, Object> table = new HashMap<>();
        table.put("vhost", name);
        table.put("name", queue.name());
        table.put("id", queue.id());
        table.put("auto-delete", queue.autoDelete());
        table.put("arguments", queue.rawArguments());
        return Tables.encode(table);
    }

    private byte[] encoded(Binding binding) {
        Map<String, Object> table = new HashMap<>();
        table.put("vhost", name);
        table.put("source", binding.source().name());
        table.put("to-queue", binding.destination() instanceof MessageQueue);
        table.put("destination", binding.destination().name());
        table.put("routing-key", binding.routingKey());
        table.put("arguments", binding.arguments());
        return Tables.encode(table);
    }

    void recoverExchange(Map<String, Object> table) {
        String exchange = String.valueOf(table.get("name"));
        exchanges.put(
                exchange,
                new Exchange(
                        exchange,
                        ExchangeType.named(String.valueOf(table.get("type"))).orElseThrow(),
                        true,
                        Boolean.TRUE.equals(table.get("auto-delete")),
                        Boolean.TRUE.equals(table.get("internal")),
                        arguments(table)));
    }

    MessageQueue recoverQueue(Map<String, Object> table) {
        String queue = String.valueOf(table.get("name"));
        String where = "queue '" + queue + "' in vhost '" + name + "'";
        Object id = table.get("id");
        if (!(id instanceof Integer number)) {
            throw new IllegalStateException(where + " was stored without an id");
        }
        MessageQueue recovered = new MessageQueue(
                queue,
                where,
                number,
                true,
                Boolean.TRUE.equals(table.get("auto-delete")),
                null,
                QueueArguments.parse(where, arguments(table)),
                this,
                log,
                timers);
        queues.put(queue, recovered);
        return recovered;
    }

    void recoverBinding(Map<String, Object> table) {
        Exchange source = exchanges.get(String.valueOf(table.get("source")));
        String end = String.valueOf(table.get("destination"));
        Destination destination = Boolean.TRUE.equals(table.get("to-queue")) ? queues.get(end) : exchanges.get(end);
        if (source != null && destination != null) {
            Binding binding =
                    new Binding(source, destination, String.valueOf(table.get("routing-key")), arguments(table));
            source.bind(binding);
            bindingsTo
                    .computeIfAbsent(destination, key -> new LinkedHashSet<>())
                    .add(binding);
        }
    }

    /** A copy that may have null values, which {@code Map.copyOf} refuses. */
    private static Map<String, Object> copyOf(Map<String, Object> arguments) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    private static Map<String, Object> arguments(Map<String, Object> table) {
        Map<String, Object> arguments = new HashMap<>();
        if (table.get("arguments") instanceof Map<?, ?> stored) {
            stored.forEach((key, value) -> arguments.put(String.valueOf(key), value));
        }
        return arguments;
    }
}
