package dev.shardline.broker.server;

import com.rabbitmq.client.AMQP;
import dev.shardline.broker.queue.DeadLetterReason;
import dev.shardline.broker.queue.Message;
import dev.shardline.broker.queue.MessageQueue;
import dev.shardline.broker.wire.RawProperties;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@code x-death}. See RabbitMQ Docs/Dead Letter Exchanges#effects. */
final class DeadLetterHeaders {
    private DeadLetterHeaders() {}

    /** The properties of a message after it has died in {@code queue}. */
    static RawProperties after(
            Message message, MessageQueue queue, DeadLetterReason reason, long nowMillis, boolean newRoutingKey) {
        AMQP.BasicProperties properties = message.properties().decode();
        Map<String, Object> headers =
                properties.getHeaders() == null ? new HashMap<>() : new HashMap<>(properties.getHeaders());
        if (!message.died()) {
            headers.keySet().removeIf(name -> name.equals("x-death") || name.startsWith("x-first-death-"));
        }
        List<Object> routingKeys = new ArrayList<>();
        routingKeys.add(message.routingKey());
        routingKeys.addAll(copies(headers, "CC"));
        headers.remove("BCC");
        if (newRoutingKey) {
            headers.remove("CC");
        }
        List<Object> deaths = new ArrayList<>();
        Map<String, Object> death = null;
        if (headers.get("x-death") instanceof List<?> earlier) {
            for (Object each : earlier) {
                if (death == null && sameDeath(each, queue.name(), reason)) {
                    death = copy(each);
                } else {
                    deaths.add(each);
                }
            }
        }
        if (death == null) {
            death = new HashMap<>();
            death.put("count", 1L);
            death.put("reason", reason.wireName());
            death.put("queue", queue.name());
            death.put("time", Date.from(Instant.ofEpochSecond(nowMillis / 1000)));
            death.put("exchange", message.exchange());
            death.put("routing-keys", routingKeys);
            if (properties.getExpiration() != null) {
                death.put("original-expiration", properties.getExpiration());
            }
        } else {
            death.put("count", ((Number) Objects.requireNonNullElse(death.get("count"), 0L)).longValue() + 1);
        }
        deaths.add(0, death);
        headers.put("x-death", deaths);
        headers.putIfAbsent("x-first-death-reason", reason.wireName());
        headers.putIfAbsent("x-first-death-queue", queue.name());
        headers.putIfAbsent("x-first-death-exchange", message.exchange());
        headers.put("x-last-death-reason", reason.wireName());
        headers.put("x-last-death-queue", queue.name());
        headers.put("x-last-death-exchange", message.exchange());
        return RawProperties.of(
                properties.builder().headers(headers).expiration(null).build());
    }

    /** Whether a message that died for {@code reason} has been in this queue before and nobody rejected it since. */
    static boolean cycles(RawProperties properties, String queue, DeadLetterReason reason) {
        if (reason == DeadLetterReason.REJECTED) {
            return false;
        }
        Map<String, Object> headers = properties.decode().getHeaders();
        if (headers == null || !(headers.get("x-death") instanceof List<?> deaths)) {
            return false;
        }
        for (Object death : deaths) {
            if (death instanceof Map<?, ?> table) {
                if (DeadLetterReason.REJECTED.wireName().equals(Objects.toString(table.get("reason")))) {
                    return false;
                }
                if (queue.equals(Objects.toString(table.get("queue")))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Further routing keys in {@code CC} or {@code BCC}. */
    static List<String> copies(Map<String, Object> headers, String name) {
        List<String> keys = new ArrayList<>();
        if (headers.get(name) instanceof List<?> list) {
            list.forEach(key -> keys.add(String.valueOf(key)));
        }
        return keys;
    }

    private static boolean sameDeath(@Nullable Object death, String queue, DeadLetterReason reason) {
        return death instanceof Map<?, ?> table
                && queue.equals(Objects.toString(table.get("queue")))
                && reason.wireName().equals(Objects.toString(table.get("reason")));
    }

    private static Map<String, Object> copy(Object death) {
        Map<String, Object> copy = new HashMap<>();
        ((Map<?, ?>) death).forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
