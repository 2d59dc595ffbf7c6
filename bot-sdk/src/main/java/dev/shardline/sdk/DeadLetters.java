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
import dev.shardline.sdk.address.ClusterFactory;
import dev.shardline.sdk.event.ShardlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

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

    /**
     * The dead queue of a group. Connects to nothing yet.
     *
     * @param uri as for {@link EventConsumer#builder(String)}
     * @throws ShardlineException with kind {@code CONFIGURATION} when it cannot be read
     */
    public DeadLetters(String uri, String group) {
        this(factory(uri), group);
    }

    private static ConnectionFactory factory(String uri) {
        try {
            return ClusterFactory.of(uri);
        } catch (IllegalArgumentException e) {
            throw new ShardlineException(ShardlineException.Kind.CONFIGURATION, String.valueOf(e.getMessage()), e);
        }
    }

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
     * @param wanted which ones; the others stay. Asked about each event that is there, until {@code max} are replayed
     * @param max replays no more than this many
     * @return how many were replayed
     */
    public int replay(Predicate<DeadEvent> wanted, int max) {
        return withChannel(channel -> {
            channel.confirmSelect();
            Replay replay = new Replay(channel);
            long present = channel.messageCount(Topology.deadQueue(group));
            for (long i = 0; i < present && replay.count() < max; i++) {
                GetResponse message = channel.basicGet(Topology.deadQueue(group), false);
                if (message == null) {
                    break;
                }
                if (wanted.test(read(message)) && !replay.add(message)) {
                    break;
                }
            }
            return replay.end();
        });
    }

    /** Replayed but not acked yet, some at a time, since each look at the layout takes a lock. */
    private final class Replay {
        private static final int BATCH = 50;
        private final Channel channel;
        /** Queues that took nothing, and why. */
        private final Map<String, String> returned = new ConcurrentHashMap<>();

        private final List<GetResponse> batch = new ArrayList<>();
        private @Nullable GroupLayout layout;
        private int acked;
        private boolean interrupted;

        private Replay(Channel channel) throws IOException {
            this.channel = channel;
            this.layout = LayoutRegister.read(channel.getConnection(), group);
            channel.addReturnListener((code, text, exchange, key, properties, body) -> returned.put(key, text));
        }

        private int count() {
            return acked + batch.size();
        }

        /** False when the thread was interrupted: time to end. */
        private boolean add(GetResponse message) throws IOException, TimeoutException {
            batch.add(message);
            publish(message);
            if (batch.size() == BATCH) {
                settle();
            }
            return !interrupted;
        }

        private int end() throws IOException, TimeoutException {
            settle();
            return acked;
        }

        private void publish(GetResponse message) throws IOException {
            channel.basicPublish("", target(message, layout), true, revived(message.getProps()), message.getBody());
        }

        /**
         * A queue whose partition count is being changed takes nothing behind its end marker. That comes seconds after the
         * layout says so: whoever is still the target afterwards has the event in front of it.
         */
        private void settle() throws IOException, TimeoutException {
            boolean settled = batch.isEmpty();
            while (!settled && confirmed()) {
                GroupLayout before = layout;
                layout = LayoutRegister.read(channel.getConnection(), group);
                List<GetResponse> moved = batch.stream()
                        .filter(message -> !target(message, before).equals(target(message, layout)))
                        .toList();
                moved.forEach(message -> returned.remove(target(message, before)));
                if (!returned.isEmpty()) {
                    throw new ShardlineException(
                            ShardlineException.Kind.TOPOLOGY,
                            "cannot replay to a queue that is gone, " + returned + "; start a consumer of group "
                                    + group + " first");
                }
                for (GetResponse message : moved) {
                    publish(message);
                }
                settled = moved.isEmpty();
            }
            if (settled) {
                for (GetResponse message : batch) {
                    channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                }
                acked += batch.size();
            }
            batch.clear();
        }

        private boolean confirmed() throws IOException, TimeoutException {
            try {
                channel.waitForConfirmsOrDie(30_000);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                interrupted = true;
                return false;
            }
        }
    }

    private String target(GetResponse message, @Nullable GroupLayout layout) {
        String queue = read(message).queue();
        if (layout == null || !PARTITION.matcher(queue).matches()) {
            return queue;
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
            try {
                return Slots.of(Long.parseUnsignedLong(guild.toString()));
            } catch (NumberFormatException e) {
                // Not from a gateway. It had a routing key all the same, and holds up nobody.
                LOG.warn("a dead event has the guild \"{}\", which is no id: it is replayed by its routing key", guild);
            }
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
