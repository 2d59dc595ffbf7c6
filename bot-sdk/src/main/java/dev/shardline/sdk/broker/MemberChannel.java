package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.shardline.contract.Topology;
import dev.shardline.sdk.dispatch.Author;
import dev.shardline.sdk.dispatch.Dispatcher;
import dev.shardline.sdk.dispatch.Inbound;
import dev.shardline.sdk.dispatch.Waits;
import dev.shardline.sdk.duplicate.HandledDigest;
import dev.shardline.sdk.duplicate.HandledEvents;
import dev.shardline.sdk.event.EventContext;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the instances of a group say to one another: messages of the exchange {@code shardline.group.<group>.members}, and
 * answers straight to the queue of whoever asked.
 *
 * <p>A message without {@code x-instance} is no greeting: instances of a version that knows nothing of questions leave it
 * alone. Methods that speak are safe from any thread and never block.
 */
final class MemberChannel implements Waits.Others {
    private static final Logger LOG = LoggerFactory.getLogger(MemberChannel.class);
    private static final String ASK = "shardline.member.ask";
    private static final String ANSWER = "shardline.member.answer";
    private static final String FAREWELL = "shardline.member.farewell";

    private static final String WATCH = "shardline.member.watch";
    private static final String FORGET = "shardline.member.forget";
    private static final String EVENT = "shardline.member.event";

    private static final String INSTANCE = "x-instance";
    private static final String LEAVES = "x-leaves";
    private static final String HANDLES = "x-handles";
    private static final String ANSWERS = "x-answers";
    private static final String CLAIMS = "x-claims";
    private static final String PREFETCH = "x-prefetch";
    private static final String PARTITIONS = "x-partitions";
    private static final String LAYOUT = "x-layout";
    private static final String UNORDERED = "x-unordered";
    private static final String PROCESS = "x-process";
    private static final String FROM = "x-from";
    private static final String QUEUE = "x-queue";
    private static final String BUSY = "x-busy";
    private static final String MORE = "x-more";
    private static final String SINCE = "x-since";
    private static final String WAIT = "x-wait";
    private static final String WAIT_GUILD = "x-wait-guild";
    private static final String WAIT_EVENT = "x-wait-event";
    private static final String WAIT_CHANNEL = "x-wait-channel";
    private static final String WAIT_USER = "x-wait-user";
    private static final String WAIT_MILLIS = "x-wait-millis";
    private static final String DOUBT = "x-doubt";

    private final String group;
    private final String instance;
    private final String process;
    private final Publisher publisher;
    private final HandledEvents handled;
    private final Dispatcher dispatcher;
    private final Listener listener;
    private final Consumer<Runnable> control;
    private volatile String queue = "";

    /**
     * What an instance says every few seconds.
     *
     * @param instance its id
     * @param leaves whether it is closing
     * @param handles the events it has handlers for; empty means every event
     * @param answers whether it answers questions
     * @param claims see {@link Sharing#claims}
     * @param prefetch the window of its consumers; 0 when it does not say
     * @param partitions how many the group should have; 0 when it does not say
     * @param layout revision of the group's layout that it knows; 0 when it knows none
     * @param ordered whether it consumes partition queues; otherwise the shared one
     * @param process made anew by each process that takes the id; empty when it does not say
     */
    record Greeting(
            String instance,
            boolean leaves,
            Set<String> handles,
            boolean answers,
            Map<String, String> claims,
            int prefetch,
            int partitions,
            long layout,
            boolean ordered,
            String process) {}

    /** Hears the others, on control. */
    interface Listener {
        /** Somebody is there, or leaves; this instance hears itself as well. */
        void greeted(Greeting greeting);

        /** Another instance got the first delivery of a partition queue. */
        void asked(String asker, String partitionQueue, String replyTo);

        /**
         * What it has handled is merged already.
         *
         * @param since when it began to know all that the group has handled, epoch milliseconds; 0 when it does not say
         */
        void answered(String from, String partitionQueue, boolean busy, long doubtUntil, long since);

        /** One that leaves has told all that it has handled; {@code process} is empty when it does not say which it is. */
        void saidFarewell(String from, String process);

        /** It hears nobody any more over this connection. */
        void deaf(Connection link, String why);
    }

    MemberChannel(
            String group,
            String instance,
            String process,
            Publisher publisher,
            HandledEvents handled,
            Dispatcher dispatcher,
            Listener listener,
            Consumer<Runnable> control) {
        this.group = group;
        this.instance = instance;
        this.process = process;
        this.publisher = publisher;
        this.handled = handled;
        this.dispatcher = dispatcher;
        this.listener = listener;
        this.control = control;
    }

    /** Begins to hear the others over this connection. */
    void listen(Connection link) throws IOException {
        Channel channel = link.createChannel();
        channel.exchangeDeclare(exchange(), BuiltinExchangeType.FANOUT, true);
        String own = channel.queueDeclare().getQueue();
        channel.queueBind(own, exchange(), "");
        queue = own;
        channel.addShutdownListener(cause -> {
            if (!cause.isInitiatedByApplication()) {
                deaf(link, "its channel was closed: " + cause.getMessage());
            }
        });
        channel.basicConsume(
                own,
                true,
                (tag, message) -> heardSafely(message),
                tag -> deaf(link, "the broker cancelled its consumer"));
    }

    private String exchange() {
        return Topology.membersExchange(group);
    }

    private void deaf(Connection link, String why) {
        control.accept(() -> listener.deaf(link, why));
    }

    /** One message that cannot be read must not end the hearing: the client closes the channel of whoever throws. */
    private void heardSafely(Delivery message) {
        try {
            heard(message);
        } catch (RuntimeException e) {
            LOG.warn(
                    "group {}: cannot read a message of another instance, {}, and leaves it alone",
                    group,
                    message.getProperties().getType(),
                    e);
        }
    }

    private void heard(Delivery message) {
        Map<String, Object> headers = message.getProperties().getHeaders() == null
                ? Map.of()
                : message.getProperties().getHeaders();
        Object id = headers.get(INSTANCE);
        if (id != null) {
            Greeting greeting = new Greeting(
                    id.toString(),
                    Boolean.TRUE.equals(headers.get(LEAVES)),
                    names(headers.get(HANDLES)),
                    Boolean.TRUE.equals(headers.get(ANSWERS)),
                    texts(headers.get(CLAIMS)),
                    (int) number(headers, PREFETCH),
                    (int) number(headers, PARTITIONS),
                    number(headers, LAYOUT),
                    !Boolean.TRUE.equals(headers.get(UNORDERED)),
                    text(headers, PROCESS));
            control.accept(() -> listener.greeted(greeting));
            return;
        }
        String from = text(headers, FROM);
        String type = String.valueOf(message.getProperties().getType());
        if (from.equals(instance)) {
            return;
        }
        switch (type) {
            case ASK -> {
                String replyTo = message.getProperties().getReplyTo();
                if (replyTo != null) {
                    control.accept(() -> listener.asked(from, text(headers, QUEUE), replyTo));
                }
            }
            case ANSWER -> {
                if (merged(message, from) && !Boolean.TRUE.equals(headers.get(MORE))) {
                    boolean busy = Boolean.TRUE.equals(headers.get(BUSY));
                    long doubt = number(headers, DOUBT);
                    long since = number(headers, SINCE);
                    control.accept(() -> listener.answered(from, text(headers, QUEUE), busy, doubt, since));
                }
            }
            case FAREWELL -> {
                if (merged(message, from) && !Boolean.TRUE.equals(headers.get(MORE))) {
                    String process = text(headers, PROCESS);
                    control.accept(() -> listener.saidFarewell(from, process));
                }
            }
            case WATCH -> watch(message, headers);
            case FORGET -> dispatcher.waits().forget(text(headers, WAIT));
            case EVENT -> {
                Inbound event = new Inbound(
                        text(headers, WAIT_EVENT),
                        message.getBody(),
                        String.valueOf(message.getProperties().getMessageId()),
                        headers,
                        false);
                control.accept(() -> dispatcher.forwarded(text(headers, WAIT), event));
            }
            default -> LOG.debug("a message of a later version is left alone: {}", type);
        }
    }

    private void watch(Delivery message, Map<String, Object> headers) {
        String replyTo = message.getProperties().getReplyTo();
        if (replyTo == null) {
            return;
        }
        Object user = headers.get(WAIT_USER);
        Waits.Watch watch = new Waits.Watch(
                text(headers, WAIT),
                text(headers, WAIT_GUILD),
                text(headers, WAIT_EVENT),
                user == null ? null : new Author(text(headers, WAIT_CHANNEL), user.toString()));
        dispatcher.waits().watchFor(watch, replyTo, Duration.ofMillis(number(headers, WAIT_MILLIS)));
    }

    /** False when it cannot be read, which counts as no answer: then what may be a copy is shown as redelivered. */
    private boolean merged(Delivery message, String from) {
        try {
            HandledDigest.merge(message.getBody(), handled);
            return true;
        } catch (IOException e) {
            LOG.warn("group {}: cannot read what {} has handled: {}", group, from, e.toString());
            return false;
        }
    }

    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value == null ? "" : value.toString();
    }

    private static long number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number value ? value.longValue() : 0;
    }

    private static Set<String> names(@Nullable Object list) {
        return list == null || list.toString().isEmpty()
                ? Set.of()
                : Set.of(list.toString().split(",", -1));
    }

    private static Map<String, String> texts(@Nullable Object table) {
        Map<String, String> texts = new HashMap<>();
        if (table instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        }
        return texts;
    }

    void greet(Greeting greeting) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(INSTANCE, greeting.instance());
        headers.put(LEAVES, greeting.leaves());
        headers.put(HANDLES, String.join(",", greeting.handles()));
        headers.put(ANSWERS, greeting.answers());
        headers.put(CLAIMS, greeting.claims());
        headers.put(PREFETCH, greeting.prefetch());
        headers.put(PARTITIONS, greeting.partitions());
        headers.put(LAYOUT, greeting.layout());
        headers.put(UNORDERED, !greeting.ordered());
        headers.put(PROCESS, greeting.process());
        publish(exchange(), "", "shardline.member", headers, null, new byte[0], outcome -> {});
    }

    @Override
    public void watch(Waits.Watch watch, Duration remaining) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(FROM, instance);
        headers.put(WAIT, watch.id());
        headers.put(WAIT_GUILD, watch.guild());
        headers.put(WAIT_EVENT, watch.type());
        headers.put(WAIT_MILLIS, remaining.toMillis());
        Author who = watch.who();
        if (who != null) {
            headers.put(WAIT_CHANNEL, who.channel());
            headers.put(WAIT_USER, who.user());
        }
        publish(exchange(), "", WATCH, headers, queue, new byte[0], outcome -> {});
    }

    @Override
    public void forget(String id) {
        publish(exchange(), "", FORGET, Map.of(FROM, instance, WAIT, id), null, new byte[0], outcome -> {});
    }

    @Override
    public void forward(String replyTo, String id, EventContext event) {
        Map<String, Object> headers = event.headers();
        headers.put(FROM, instance);
        headers.put(WAIT, id);
        headers.put(WAIT_EVENT, event.type());
        publisher.publish(
                "",
                replyTo,
                false,
                new AMQP.BasicProperties.Builder()
                        .type(EVENT)
                        .messageId(event.messageId())
                        .headers(headers)
                        .expiration("10000")
                        .build(),
                event.raw(),
                outcome -> {});
    }

    /** Asks everybody what was handled of a partition queue. */
    void ask(String partitionQueue) {
        publish(exchange(), "", ASK, Map.of(FROM, instance, QUEUE, partitionQueue), queue, new byte[0], outcome -> {});
    }

    /** Answers; {@code outcome} gets false when a part did not reach the broker. */
    void answer(
            String replyTo,
            String partitionQueue,
            boolean busy,
            long doubtUntil,
            long since,
            List<byte[]> parts,
            Consumer<Boolean> outcome) {
        Map<String, Object> headers = new HashMap<>();
        headers.put(FROM, instance);
        headers.put(QUEUE, partitionQueue);
        headers.put(BUSY, busy);
        headers.put(DOUBT, doubtUntil);
        headers.put(SINCE, since);
        inParts("", replyTo, ANSWER, headers, parts, outcome);
    }

    /** Tells everybody all that was handled here, before leaving. */
    void farewell(List<byte[]> parts, Consumer<Boolean> outcome) {
        inParts(exchange(), "", FAREWELL, Map.of(FROM, instance, PROCESS, process), parts, outcome);
    }

    private void inParts(
            String to,
            String key,
            String type,
            Map<String, Object> headers,
            List<byte[]> parts,
            Consumer<Boolean> outcome) {
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            Map<String, Object> ofPart = new HashMap<>(headers);
            ofPart.put(MORE, !last);
            publish(to, key, type, ofPart, null, parts.get(i), confirmed -> {
                if (!confirmed || last) {
                    outcome.accept(confirmed);
                }
            });
        }
    }

    private void publish(
            String to,
            String key,
            String type,
            Map<String, Object> headers,
            @Nullable String replyTo,
            byte[] body,
            Consumer<Boolean> outcome) {
        publisher.publish(
                to,
                key,
                false,
                new AMQP.BasicProperties.Builder()
                        .type(type)
                        .headers(headers)
                        .replyTo(replyTo)
                        .expiration("10000")
                        .build(),
                body,
                outcome);
    }
}
