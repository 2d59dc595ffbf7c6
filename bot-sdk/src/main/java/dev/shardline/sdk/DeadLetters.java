package dev.shardline.sdk;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.GroupLayout;
import dev.shardline.contract.LayoutRegister;
import dev.shardline.contract.Slots;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.event.ShardlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a group's dead queue and gives its events another chance. Blocking; not thread-safe; connects for each call.
 *
 * <p>A replayed event goes to the tail of the queue it came from, or of the one that has its slot now, if the number of
 * partitions was changed: later events of its guild have been handled meanwhile.
 */
public final class DeadLetters {
    private static final Pattern PARTITION = Pattern.compile(".*\\.\\d+-of-\\d+(-v\\d+)?");
    private static final Pattern SLOT = Pattern.compile("\\.(\\d{1,2})$");
    private static final String DEAD_KEY = "x-dead-key";

    private final ConnectionFactory factory;
    private final String group;

    /**
     * One dead event.
     *
     * @param type Discord's event name
     * @param messageId {@code session:sequence}
     * @param reason why it is dead: one of the SDK's reasons, or RabbitMQ's ({@code maxlen}, {@code expired},
     *     {@code delivery_limit})
     * @param attempts how often a handler was tried, 0 when the broker took it out
     * @param error the last failure, null when there was none
     * @param queue the queue it was taken from
     * @param body the event's {@code d}
     */
    @SuppressWarnings("ArrayRecordComponent") // shown once, never compared
    public record DeadEvent(
            String type,
            String messageId,
            String reason,
            int attempts,
            @Nullable String error,
            String queue,
            byte[] body) {}

    /** The dead queue of a group. Connects to nothing yet. */
    public DeadLetters(ConnectionFactory factory, String group) {
        this.factory = factory.clone();
        this.factory.setAutomaticRecoveryEnabled(false);
        this.group = Topology.requireGroup(group);
    }

    /** The oldest dead events, at most {@code max}. They stay where they are. */
    public List<DeadEvent> peek(int max) {
        return withChannel(channel -> {
            List<DeadEvent> events = new ArrayList<>();
            // All stay unacked until the channel closes, so that each is seen once.
            for (int i = 0; i < max; i++) {
                GetResponse message = channel.basicGet(Topology.deadQueue(group), false);
                if (message == null) {
                    break;
                }
                events.add(read(message));
            }
            return events;
        });
    }

    /**
     * Publishes the wanted events to the queues they came from, each confirmed before it leaves the dead queue: a crash
     * in between may double an event, never lose one.
     *
     * @param wanted which ones; the others stay
     * @param max looks at no more than this many
     * @return how many were replayed
     */
    public int replay(Predicate<DeadEvent> wanted, int max) {
        return withChannel(channel -> {
            channel.confirmSelect();
            GroupLayout layout = LayoutRegister.read(channel.getConnection(), group);
            List<String> returned = new ArrayList<>();
            channel.addReturnListener((code, text, exchange, key, properties, body) -> returned.add(key + ": " + text));
            int replayed = 0;
            for (int i = 0; i < max; i++) {
                GetResponse message = channel.basicGet(Topology.deadQueue(group), false);
                if (message == null) {
                    break;
                }
                DeadEvent event = read(message);
                if (!wanted.test(event)) {
                    continue;
                }
                channel.basicPublish(
                        "", target(event, message, layout), true, revived(message.getProps()), message.getBody());
                try {
                    channel.waitForConfirmsOrDie(30_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return replayed;
                }
                if (!returned.isEmpty()) {
                    throw new ShardlineException(
                            ShardlineException.Kind.TOPOLOGY,
                            "cannot replay to a queue that is gone, " + returned.get(0) + "; start a consumer of group "
                                    + group + " first");
                }
                channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                replayed++;
            }
            return replayed;
        });
    }

    private String target(DeadEvent event, GetResponse message, @Nullable GroupLayout layout) {
        if (layout == null || !PARTITION.matcher(event.queue()).matches()) {
            return event.queue();
        }
        return Topology.partitionQueue(
                group,
                Slots.partition(slot(message.getProps()), layout.partitions()),
                layout.partitions(),
                layout.generation());
    }

    /** From the guild; outside guilds, from the routing key it had. */
    private static int slot(AMQP.BasicProperties properties) {
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Object guild = headers.get(EventHeaders.GUILD);
        if (guild != null) {
            return Slots.of(Long.parseUnsignedLong(guild.toString()));
        }
        Object key = headers.get(DEAD_KEY);
        if (key == null
                && headers.get("x-death") instanceof List<?> deaths
                && !deaths.isEmpty()
                && deaths.get(0) instanceof Map<?, ?> death
                && death.get("routing-keys") instanceof List<?> keys
                && !keys.isEmpty()) {
            key = keys.get(0);
        }
        Matcher slot = SLOT.matcher(String.valueOf(key));
        return slot.find() ? Integer.parseInt(slot.group(1)) % Slots.COUNT : 0;
    }

    private static AMQP.BasicProperties revived(AMQP.BasicProperties properties) {
        Map<String, Object> headers =
                new HashMap<>(properties.getHeaders() == null ? Map.of() : properties.getHeaders());
        headers.keySet()
                .removeIf(name -> name.startsWith("x-dead-")
                        || name.startsWith("x-first-death-")
                        || name.startsWith("x-last-death-")
                        || name.equals("x-death")
                        || name.equals("x-delivery-count"));
        return properties.builder().headers(headers).correlationId(null).build();
    }

    private DeadEvent read(GetResponse message) {
        AMQP.BasicProperties properties = message.getProps();
        Map<String, Object> headers = properties.getHeaders() == null ? Map.of() : properties.getHeaders();
        Object reason = headers.getOrDefault(EventHeaders.DEAD_REASON, headers.get("x-first-death-reason"));
        Object queue = headers.getOrDefault(EventHeaders.DEAD_QUEUE, headers.get("x-first-death-queue"));
        Object error = headers.get(EventHeaders.DEAD_ERROR);
        return new DeadEvent(
                String.valueOf(properties.getType()),
                String.valueOf(properties.getMessageId()),
                String.valueOf(reason),
                headers.get(EventHeaders.DEAD_ATTEMPTS) instanceof Number attempts ? attempts.intValue() : 0,
                error == null ? null : error.toString(),
                queue == null ? Topology.expressQueue(group) : queue.toString(),
                message.getBody());
    }

    private <T> T withChannel(Work<T> work) {
        try (Connection connection = factory.newConnection("shardline-" + group + "-dead")) {
            Channel channel = connection.createChannel();
            return work.with(channel);
        } catch (IOException | TimeoutException e) {
            throw new ShardlineException(
                    ShardlineException.Kind.BROKER_UNAVAILABLE,
                    "cannot reach the dead queue of group " + group + ": " + e.getMessage(),
                    e);
        }
    }

    private interface Work<T> {
        T with(Channel channel) throws IOException, TimeoutException;
    }
}
