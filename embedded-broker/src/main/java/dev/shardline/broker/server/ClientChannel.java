package dev.shardline.broker.server;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.Method;
import dev.shardline.broker.queue.Confirm;
import dev.shardline.broker.queue.Entry;
import dev.shardline.broker.queue.Message;
import dev.shardline.broker.queue.MessageQueue;
import dev.shardline.broker.queue.QueueArguments;
import dev.shardline.broker.queue.Subscription;
import dev.shardline.broker.routing.Destination;
import dev.shardline.broker.routing.Exchange;
import dev.shardline.broker.wire.AmqpException;
import dev.shardline.broker.wire.Output;
import dev.shardline.broker.wire.RawProperties;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A channel: what its methods do, what it holds unacknowledged, what it has to confirm. Confined to the broker's thread. */
final class ClientChannel implements Subscription.Sink, Confirm.Listener {
    private static final int NO_ROUTE = 312;
    /** A hundred years, in milliseconds. */
    private static final long LONGEST_EXPIRATION = 100L * 365 * 24 * 60 * 60 * 1000;

    private final ClientConnection connection;
    private final VirtualHost virtualHost;
    private final int number;
    private final Map<String, Consumer> consumers = new HashMap<>();
    private final LinkedHashMap<Long, Delivery> unacked = new LinkedHashMap<>();
    private final ArrayDeque<Confirm> unconfirmed = new ArrayDeque<>();
    private final List<Confirm> outOfOrder = new ArrayList<>();
    private boolean confirms;
    private boolean confirmsDue;
    private long published;
    private long delivered;
    private int prefetch;
    private boolean closing;
    private String lastQueue = "";
    private @Nullable String replyToken;
    private String replyConsumer = "";

    // The message that is coming in.
    private @Nullable String exchange;
    private String routingKey = "";
    private boolean mandatory;
    private boolean immediate;
    private @Nullable RawProperties properties;
    private byte[] body = new byte[0];
    private int bodySize;
    private int bodyRead;

    private record Consumer(Subscription subscription, MessageQueue queue) {}

    private record Delivery(
            MessageQueue queue, Entry entry, @Nullable Subscription subscription) {}

    ClientChannel(ClientConnection connection, VirtualHost virtualHost, int number) {
        this.connection = connection;
        this.virtualHost = virtualHost;
        this.number = number;
    }

    // Publishing

    /** {@code basic.publish}; the content follows. */
    void publish(byte[] bytes, int from, int size) {
        if (closing) {
            return;
        }
        requireNoContent();
        int exchangeAt = from + 2;
        int exchangeLength = size > 2 ? bytes[exchangeAt] & 0xFF : 0;
        int keyAt = exchangeAt + 1 + exchangeLength;
        if (size < 5 || keyAt >= from + size || keyAt + 2 + (bytes[keyAt] & 0xFF) != from + size) {
            throw AmqpException.syntaxError("malformed arguments of basic.publish");
        }
        exchange = new String(bytes, exchangeAt + 1, exchangeLength, StandardCharsets.UTF_8);
        routingKey = new String(bytes, keyAt + 1, bytes[keyAt] & 0xFF, StandardCharsets.UTF_8);
        int bits = bytes[from + size - 1];
        mandatory = (bits & 1) != 0;
        immediate = (bits & 2) != 0;
        connection.publishing();
    }

    private void requireNoContent() {
        if (exchange != null) {
            throw AmqpException.unexpectedFrame("expected content header for class 60, got a method frame instead");
        }
    }

    void header(byte[] bytes, int from, int size) {
        if (closing) {
            return;
        }
        if (exchange == null || properties != null) {
            throw AmqpException.unexpectedFrame("expected method frame, got a content header frame instead");
        }
        if (size < 14) {
            throw AmqpException.frameError("content header of " + size + " octets");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, from, size);
        int classId = in.getShort();
        if (classId != 60) {
            throw AmqpException.unexpectedFrame(
                    "expected content header for class 60, got one for class " + (classId & 0xFFFF) + " instead");
        }
        in.getShort();
        long announced = in.getLong();
        int most = connection.server().maxMessageSize();
        if (announced < 0 || announced > most) {
            forgetContent();
            throw AmqpException.preconditionFailed(
                    "message size " + Long.toUnsignedString(announced) + " is larger than configured max size " + most);
        }
        properties = RawProperties.scan(Arrays.copyOfRange(bytes, from + 12, from + size));
        bodySize = (int) announced;
        bodyRead = 0;
        if (bodySize == 0) {
            published(new byte[0]);
        }
    }

    void body(byte[] bytes, int from, int size) {
        if (closing) {
            return;
        }
        if (exchange == null || properties == null) {
            throw AmqpException.unexpectedFrame("expected method frame, got a content body frame instead");
        }
        if (size > bodySize - bodyRead) {
            throw AmqpException.frameError("content body is longer than the " + bodySize + " octets announced");
        }
        if (bodyRead == 0 && size == bodySize) {
            published(Arrays.copyOfRange(bytes, from, from + size));
            return;
        }
        if (body.length < bodyRead + size) {
            // Grows with what has come, not with what was announced.
            body = Arrays.copyOf(body, Math.min(bodySize, Math.max(bodyRead + size, body.length * 2)));
        }
        System.arraycopy(bytes, from, body, bodyRead, size);
        bodyRead += size;
        if (bodyRead == bodySize) {
            published(body.length == bodySize ? body : Arrays.copyOf(body, bodySize));
        }
    }

    private void forgetContent() {
        exchange = null;
        properties = null;
        body = new byte[0];
        bodyRead = 0;
    }

    private void published(byte[] content) {
        String to = exchange;
        RawProperties header = properties;
        forgetContent();
        if (to == null || header == null) {
            throw new IllegalStateException("content without method or header");
        }
        if (immediate) {
            throw AmqpException.notImplemented("immediate=true");
        }
        if (to.isEmpty() && routingKey.startsWith(DirectReplies.PREFIX)) {
            publishReply(header, content);
            return;
        }
        Exchange target = virtualHost.exchange(to);
        if (target.internal()) {
            throw AmqpException.accessRefused(
                    "cannot publish to internal exchange '" + to + "' in vhost '" + virtualHost.name() + "'");
        }
        requireOwnUser(header);
        requireExpiration(header);
        Message message = new Message(to, routingKey, withReplyAddress(header), content);
        Confirm confirm = nextConfirm();
        boolean routed = virtualHost.publish(target, message, confirm);
        if (!routed && mandatory) {
            returned(message);
        }
        if (confirm != null) {
            confirm.done();
        }
    }

    private @Nullable Confirm nextConfirm() {
        if (!confirms) {
            return null;
        }
        Confirm confirm = new Confirm(this, ++published);
        unconfirmed.add(confirm);
        return confirm;
    }

    private void requireOwnUser(RawProperties header) {
        String claimed = header.userId();
        if (claimed != null && !claimed.equals(connection.user())) {
            throw AmqpException.preconditionFailed(
                    "user_id property set to '" + claimed + "' but authenticated user was '" + connection.user() + "'");
        }
    }

    private static void requireExpiration(RawProperties header) {
        String expiration = header.expiration();
        if (expiration == null) {
            return;
        }
        String why = null;
        try {
            long millis = Long.parseLong(expiration);
            if (millis < 0) {
                why = "{value_negative," + millis + "}";
            } else if (millis > LONGEST_EXPIRATION) {
                why = "{value_too_large," + millis + "}";
            }
        } catch (NumberFormatException e) {
            why = "no_integer";
        }
        if (why != null) {
            throw AmqpException.preconditionFailed("invalid expiration '" + expiration + "': " + why);
        }
    }

    private void returned(Message message) {
        connection
                .output()
                .method(
                        number,
                        Methods.of(new AMQP.Basic.Return.Builder()
                                .replyCode(NO_ROUTE)
                                .replyText("NO_ROUTE")
                                .exchange(message.exchange())
                                .routingKey(message.routingKey())
                                .build()));
        connection.output().content(number, message.properties().bytes(), message.body(), connection.frameMax());
    }

    // Direct reply-to. See RabbitMQ Docs/Direct Reply-to.

    private RawProperties withReplyAddress(RawProperties header) {
        if (!DirectReplies.NAME.equals(header.replyTo())) {
            return header;
        }
        String token = replyToken;
        if (token == null) {
            throw AmqpException.preconditionFailed("fast reply consumer does not exist");
        }
        return RawProperties.of(
                header.decode().builder().replyTo(DirectReplies.PREFIX + token).build());
    }

    private void publishReply(RawProperties header, byte[] content) {
        Message reply = new Message("", routingKey, header, content);
        Confirm confirm = nextConfirm();
        ClientChannel requester = connection.server().replies().find(routingKey);
        if (requester != null) {
            requester.deliverReply(reply);
        } else if (mandatory) {
            returned(reply);
        }
        if (confirm != null) {
            confirm.done();
        }
    }

    private void deliverReply(Message reply) {
        write(Output.utf8(replyConsumer), false, reply, ++delivered);
    }

    // Confirms

    @Override
    public void settled(Confirm confirm) {
        if (closing) {
            return;
        }
        if (unconfirmed.peekFirst() != confirm) {
            outOfOrder.add(confirm);
        }
        if (!confirmsDue) {
            confirmsDue = true;
            connection.server().confirmLater(this);
        }
    }

    /** Tells the publisher what has been settled: a run of neighbours in one frame. */
    void flushConfirms() {
        confirmsDue = false;
        if (closing) {
            return;
        }
        Confirm first = unconfirmed.peekFirst();
        while (first != null && first.settled()) {
            boolean refused = first.refused();
            long last = 0;
            int run = 0;
            while (first != null && first.settled() && first.refused() == refused) {
                last = first.tag();
                run++;
                unconfirmed.removeFirst();
                first = unconfirmed.peekFirst();
            }
            connection.output().confirm(number, last, run > 1, !refused);
        }
        if (!outOfOrder.isEmpty()) {
            long oldest = first == null ? Long.MAX_VALUE : first.tag();
            for (Confirm confirm : outOfOrder) {
                if (confirm.tag() > oldest) {
                    connection.output().confirm(number, confirm.tag(), false, !confirm.refused());
                    unconfirmed.remove(confirm);
                }
            }
            outOfOrder.clear();
        }
    }

    // Delivering

    @Override
    public boolean ready() {
        return !closing && connection.takesDeliveries();
    }

    @Override
    public void deliver(Subscription subscription, MessageQueue queue, Entry entry, Message message) {
        long tag = ++delivered;
        if (!subscription.noAck()) {
            unacked.put(tag, new Delivery(queue, entry, subscription));
        }
        write(subscription.tagBytes(), entry.redelivered(), DeliveryHeaders.of(queue, entry, message), tag);
    }

    private void write(byte[] consumerTag, boolean redelivered, Message message, long tag) {
        connection
                .output()
                .deliver(
                        number,
                        consumerTag,
                        tag,
                        redelivered,
                        message.exchangeBytes(),
                        message.routingKeyBytes(),
                        message.properties().bytes(),
                        message.body(),
                        connection.frameMax());
    }

    @Override
    public void cancelled(Subscription subscription) {
        consumers.remove(subscription.tag());
        if (!closing && connection.can("consumer_cancel_notify")) {
            connection
                    .output()
                    .method(
                            number,
                            Methods.of(new AMQP.Basic.Cancel.Builder()
                                    .consumerTag(subscription.tag())
                                    .nowait(true)
                                    .build()));
        }
    }

    /** The socket keeps up again. */
    void dispatchAll() {
        for (Consumer consumer : List.copyOf(consumers.values())) {
            consumer.queue().dispatch();
        }
    }

    // Settling

    void ack(long tag, boolean multiple) {
        if (closing) {
            return;
        }
        requireNoContent();
        if (!multiple) {
            Delivery delivery = unacked.remove(tag);
            if (delivery == null) {
                throw unknownTag(tag);
            }
            delivery.queue().ack(delivery.entry(), delivery.subscription());
        } else {
            for (Delivery delivery : take(tag, true)) {
                delivery.queue().ack(delivery.entry(), delivery.subscription());
            }
        }
    }

    private void reject(long tag, boolean multiple, boolean requeue, boolean counts) {
        List<Delivery> deliveries = take(tag, multiple);
        if (requeue) {
            requeue(deliveries, counts);
        } else {
            for (Delivery delivery : deliveries) {
                delivery.queue().discard(delivery.entry(), delivery.subscription());
            }
        }
    }

    private List<Delivery> take(long tag, boolean multiple) {
        if (!multiple) {
            Delivery delivery = unacked.remove(tag);
            if (delivery == null) {
                throw unknownTag(tag);
            }
            return List.of(delivery);
        }
        if (tag != 0 && !unacked.containsKey(tag)) {
            throw unknownTag(tag);
        }
        List<Delivery> taken = new ArrayList<>();
        for (Iterator<Map.Entry<Long, Delivery>> all = unacked.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, Delivery> next = all.next();
            if (tag != 0 && next.getKey() > tag) {
                break;
            }
            taken.add(next.getValue());
            all.remove();
        }
        return taken;
    }

    private static AmqpException unknownTag(long tag) {
        return AmqpException.preconditionFailed("unknown delivery tag " + Long.toUnsignedString(tag));
    }

    /** Groups by consumer, so that each queue gets its messages back at once and in order. */
    private static void requeue(List<Delivery> deliveries, boolean counts) {
        Map<MessageQueue, Map<@Nullable Subscription, List<Entry>>> grouped = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            grouped.computeIfAbsent(delivery.queue(), queue -> new LinkedHashMap<>())
                    .computeIfAbsent(delivery.subscription(), subscription -> new ArrayList<>())
                    .add(delivery.entry());
        }
        grouped.forEach((queue, bySubscription) -> {
            Iterator<Map.Entry<@Nullable Subscription, List<Entry>>> each =
                    bySubscription.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<@Nullable Subscription, List<Entry>> group = each.next();
                queue.giveBack(group.getValue(), group.getKey(), counts);
            }
            queue.afterReturn();
        });
    }

    // Methods

    void method(Method method) {
        int id = method.protocolClassId() << 16 | method.protocolMethodId();
        if (closing) {
            if (method instanceof AMQP.Channel.CloseOk) {
                connection.closed(number);
            } else if (method instanceof AMQP.Channel.Close) {
                send(new AMQP.Channel.CloseOk.Builder().build());
                connection.closed(number);
            }
            return;
        }
        requireNoContent();
        switch (id) {
            case 20 << 16 | 20 -> flow((AMQP.Channel.Flow) method);
            case 20 << 16 | 40 -> {
                release();
                send(new AMQP.Channel.CloseOk.Builder().build());
                connection.closed(number);
            }
            case 20 << 16 | 41 -> throw AmqpException.commandInvalid("channel.close-ok without channel.close");
            case 40 << 16 | 10 -> exchangeDeclare((AMQP.Exchange.Declare) method);
            case 40 << 16 | 20 -> exchangeDelete((AMQP.Exchange.Delete) method);
            case 40 << 16 | 30 -> exchangeBind((AMQP.Exchange.Bind) method);
            case 40 << 16 | 40 -> exchangeUnbind((AMQP.Exchange.Unbind) method);
            case 50 << 16 | 10 -> queueDeclare((AMQP.Queue.Declare) method);
            case 50 << 16 | 20 -> queueBind((AMQP.Queue.Bind) method);
            case 50 << 16 | 30 -> queuePurge((AMQP.Queue.Purge) method);
            case 50 << 16 | 40 -> queueDelete((AMQP.Queue.Delete) method);
            case 50 << 16 | 50 -> queueUnbind((AMQP.Queue.Unbind) method);
            case 60 << 16 | 10 -> qos((AMQP.Basic.Qos) method);
            case 60 << 16 | 20 -> consume((AMQP.Basic.Consume) method);
            case 60 << 16 | 30 -> cancel((AMQP.Basic.Cancel) method);
            case 60 << 16 | 31 -> {
                // The client's answer to our basic.cancel.
            }
            case 60 << 16 | 70 -> get((AMQP.Basic.Get) method);
            case 60 << 16 | 80 -> {
                AMQP.Basic.Ack ack = (AMQP.Basic.Ack) method;
                ack(ack.getDeliveryTag(), ack.getMultiple());
            }
            case 60 << 16 | 90 -> {
                AMQP.Basic.Reject reject = (AMQP.Basic.Reject) method;
                reject(reject.getDeliveryTag(), false, reject.getRequeue(), true);
            }
            case 60 << 16 | 100 -> recover(((AMQP.Basic.RecoverAsync) method).getRequeue(), false);
            case 60 << 16 | 110 -> recover(((AMQP.Basic.Recover) method).getRequeue(), true);
            case 60 << 16 | 120 -> {
                AMQP.Basic.Nack nack = (AMQP.Basic.Nack) method;
                reject(nack.getDeliveryTag(), nack.getMultiple(), nack.getRequeue(), false);
            }
            case 85 << 16 | 10 -> {
                confirms = true;
                if (!((AMQP.Confirm.Select) method).getNowait()) {
                    send(new AMQP.Confirm.SelectOk.Builder().build());
                }
            }
            case 90 << 16 | 10, 90 << 16 | 20, 90 << 16 | 30 ->
                throw AmqpException.notImplemented(
                        "the embedded broker has no transactions; use publisher confirms, or RabbitMQ 4");
            default -> throw AmqpException.commandInvalid("unexpected " + method.protocolMethodName());
        }
    }

    private void send(com.rabbitmq.client.Method method) {
        connection.output().method(number, Methods.of(method));
    }

    private void flow(AMQP.Channel.Flow flow) {
        if (!flow.getActive()) {
            throw AmqpException.notImplemented("active=false");
        }
        send(new AMQP.Channel.FlowOk.Builder().active(true).build());
    }

    private void exchangeDeclare(AMQP.Exchange.Declare declare) {
        if (declare.getPassive()) {
            refuseDefault(declare.getExchange());
            virtualHost.exchange(declare.getExchange());
        } else {
            virtualHost.declareExchange(
                    declare.getExchange(),
                    declare.getType(),
                    declare.getDurable(),
                    declare.getAutoDelete(),
                    declare.getInternal(),
                    declare.getArguments());
        }
        if (!declare.getNowait()) {
            send(new AMQP.Exchange.DeclareOk.Builder().build());
        }
    }

    private void exchangeDelete(AMQP.Exchange.Delete delete) {
        virtualHost.deleteExchange(delete.getExchange(), delete.getIfUnused());
        if (!delete.getNowait()) {
            send(new AMQP.Exchange.DeleteOk.Builder().build());
        }
    }

    private void exchangeBind(AMQP.Exchange.Bind bind) {
        Exchange source = namedExchange(bind.getSource());
        virtualHost.bind(source, namedExchange(bind.getDestination()), bind.getRoutingKey(), bind.getArguments());
        if (!bind.getNowait()) {
            send(new AMQP.Exchange.BindOk.Builder().build());
        }
    }

    private void exchangeUnbind(AMQP.Exchange.Unbind unbind) {
        refuseDefault(unbind.getSource());
        refuseDefault(unbind.getDestination());
        // What does not exist is unbound already.
        if (virtualHost.hasExchange(unbind.getSource()) && virtualHost.hasExchange(unbind.getDestination())) {
            virtualHost.unbind(
                    virtualHost.exchange(unbind.getSource()),
                    virtualHost.exchange(unbind.getDestination()),
                    unbind.getRoutingKey(),
                    unbind.getArguments());
        }
        if (!unbind.getNowait()) {
            send(new AMQP.Exchange.UnbindOk.Builder().build());
        }
    }

    private static void refuseDefault(String exchange) {
        if (exchange.isEmpty()) {
            throw AmqpException.accessRefused("operation not permitted on the default exchange");
        }
    }

    private Exchange namedExchange(String name) {
        refuseDefault(name);
        return virtualHost.exchange(name);
    }

    private MessageQueue namedQueue(String name) {
        return virtualHost.queue(queueName(name), connection);
    }

    private String queueName(String name) {
        if (!name.isEmpty()) {
            return name;
        }
        if (lastQueue.isEmpty()) {
            throw AmqpException.notFound("no previously declared queue");
        }
        return lastQueue;
    }

    private void queueDeclare(AMQP.Queue.Declare declare) {
        String name = declare.getQueue();
        if (name.startsWith(DirectReplies.NAME) && connection.server().replies().exists(name)) {
            send(new AMQP.Queue.DeclareOk.Builder().queue(name).build());
            return;
        }
        MessageQueue queue;
        if (declare.getPassive()) {
            queue = virtualHost.queue(name, connection);
            queue.touched();
        } else {
            String made = name.isEmpty() ? "amq.gen-" + token() : name;
            queue = name.isEmpty()
                    ? virtualHost.declareUnnamed(
                            made,
                            declare.getDurable(),
                            declare.getExclusive(),
                            declare.getAutoDelete(),
                            declare.getArguments(),
                            connection)
                    : virtualHost.declareQueue(
                            made,
                            declare.getDurable(),
                            declare.getExclusive(),
                            declare.getAutoDelete(),
                            declare.getArguments(),
                            connection);
        }
        lastQueue = queue.name();
        if (!declare.getNowait()) {
            send(new AMQP.Queue.DeclareOk.Builder()
                    .queue(queue.name())
                    .messageCount(queue.readyCount())
                    .consumerCount(queue.consumerCount())
                    .build());
        }
    }

    /** As long as RabbitMQ's: 22 characters. */
    private static String token() {
        UUID random = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void queueBind(AMQP.Queue.Bind bind) {
        Destination queue = namedQueue(bind.getQueue());
        String key = bind.getQueue().isEmpty() && bind.getRoutingKey().isEmpty() ? lastQueue : bind.getRoutingKey();
        virtualHost.bind(namedExchange(bind.getExchange()), queue, key, bind.getArguments());
        if (!bind.getNowait()) {
            send(new AMQP.Queue.BindOk.Builder().build());
        }
    }

    private void queueUnbind(AMQP.Queue.Unbind unbind) {
        refuseDefault(unbind.getExchange());
        String name = queueName(unbind.getQueue());
        if (virtualHost.hasQueue(name) && virtualHost.hasExchange(unbind.getExchange())) {
            virtualHost.unbind(
                    virtualHost.exchange(unbind.getExchange()),
                    namedQueue(name),
                    unbind.getRoutingKey(),
                    unbind.getArguments());
        }
        send(new AMQP.Queue.UnbindOk.Builder().build());
    }

    private void queuePurge(AMQP.Queue.Purge purge) {
        int count = namedQueue(purge.getQueue()).purge();
        if (!purge.getNowait()) {
            send(new AMQP.Queue.PurgeOk.Builder().messageCount(count).build());
        }
    }

    private void queueDelete(AMQP.Queue.Delete delete) {
        int count = 0;
        String name = queueName(delete.getQueue());
        if (virtualHost.hasQueue(name)) {
            count = virtualHost.deleteQueue(namedQueue(name), delete.getIfUnused(), delete.getIfEmpty());
        }
        if (!delete.getNowait()) {
            send(new AMQP.Queue.DeleteOk.Builder().messageCount(count).build());
        }
    }

    private void qos(AMQP.Basic.Qos qos) {
        if (qos.getPrefetchSize() != 0) {
            throw AmqpException.notImplemented("prefetch_size!=0 (" + qos.getPrefetchSize() + ")");
        }
        // RabbitMQ 4.3 knows no limit for a whole channel any more: global=true counts per consumer like false.
        prefetch = qos.getPrefetchCount();
        send(new AMQP.Basic.QosOk.Builder().build());
    }

    private void consume(AMQP.Basic.Consume consume) {
        String tag = consume.getConsumerTag().isEmpty() ? "amq.ctag-" + token() : consume.getConsumerTag();
        if (consumers.containsKey(tag) || (replyToken != null && tag.equals(replyConsumer))) {
            throw AmqpException.notAllowed("attempt to reuse consumer tag '" + tag + "'");
        }
        if (consume.getQueue().equals(DirectReplies.NAME)) {
            if (!consume.getNoAck()) {
                throw AmqpException.preconditionFailed("reply consumer cannot acknowledge");
            }
            if (replyToken != null) {
                throw AmqpException.preconditionFailed("reply consumer already set");
            }
            replyToken = connection.server().replies().register(this);
            replyConsumer = tag;
            consumeOk(consume, tag);
            return;
        }
        MessageQueue queue = namedQueue(consume.getQueue());
        Subscription subscription = new Subscription(
                this,
                tag,
                consume.getNoAck(),
                consume.getExclusive(),
                QueueArguments.priority(queue.where(), consume.getArguments()),
                prefetch);
        queue.subscribe(subscription);
        consumers.put(tag, new Consumer(subscription, queue));
        consumeOk(consume, tag);
        queue.dispatch();
    }

    private void consumeOk(AMQP.Basic.Consume consume, String tag) {
        if (!consume.getNowait()) {
            send(new AMQP.Basic.ConsumeOk.Builder().consumerTag(tag).build());
        }
    }

    private void cancel(AMQP.Basic.Cancel cancel) {
        Consumer consumer = consumers.remove(cancel.getConsumerTag());
        if (consumer != null) {
            consumer.queue().unsubscribe(consumer.subscription());
        } else if (replyToken != null && replyConsumer.equals(cancel.getConsumerTag())) {
            forgetReplies();
        }
        if (!cancel.getNowait()) {
            send(new AMQP.Basic.CancelOk.Builder()
                    .consumerTag(cancel.getConsumerTag())
                    .build());
        }
    }

    private void forgetReplies() {
        String token = replyToken;
        if (token != null) {
            connection.server().replies().remove(token);
            replyToken = null;
        }
    }

    private void get(AMQP.Basic.Get get) {
        MessageQueue queue = namedQueue(get.getQueue());
        if (queue.arguments().quorum() && queue.arguments().singleActive()) {
            throw AmqpException.resourceLocked("cannot obtain access to locked " + queue.where()
                    + ". basic.get operations are not supported by <<\"quorum\">> queues with single active consumer");
        }
        Entry entry = queue.get(get.getNoAck());
        if (entry == null) {
            send(new AMQP.Basic.GetEmpty.Builder().build());
            return;
        }
        Message message = DeliveryHeaders.of(queue, entry, queue.loaded(entry));
        long tag = ++delivered;
        send(new AMQP.Basic.GetOk.Builder()
                .deliveryTag(tag)
                .redelivered(entry.redelivered())
                .exchange(message.exchange())
                .routingKey(message.routingKey())
                .messageCount(queue.readyCount())
                .build());
        connection.output().content(number, message.properties().bytes(), message.body(), connection.frameMax());
        if (get.getNoAck()) {
            queue.taken(entry);
        } else {
            unacked.put(tag, new Delivery(queue, entry, null));
        }
    }

    private void recover(boolean requeue, boolean answer) {
        if (!requeue) {
            throw AmqpException.notImplemented("requeue=false");
        }
        requeue(take(0, true), false);
        if (answer) {
            send(new AMQP.Basic.RecoverOk.Builder().build());
        }
    }

    // The end

    /** Closes the channel with an error; the client must answer before its number is free. */
    void fail(AmqpException error, int classId, int methodId) {
        if (closing) {
            return;
        }
        flushConfirms();
        release();
        send(new AMQP.Channel.Close.Builder()
                .replyCode(error.code())
                .replyText(error.text())
                .classId(classId)
                .methodId(methodId)
                .build());
    }

    /** Gives everything back, in place, and only then lets other consumers follow. */
    void release() {
        if (closing) {
            return;
        }
        flushConfirms();
        closing = true;
        forgetContent();
        forgetReplies();
        List<Consumer> left = List.copyOf(consumers.values());
        consumers.clear();
        requeue(take(0, true), true);
        for (Consumer consumer : left) {
            consumer.queue().unsubscribe(consumer.subscription());
        }
        unconfirmed.clear();
        outOfOrder.clear();
    }
}
