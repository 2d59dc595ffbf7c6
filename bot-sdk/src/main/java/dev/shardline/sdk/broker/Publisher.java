package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.QueueDeclaration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes with confirms on a connection of its own: under a broker alarm, acks on a connection that has published are
 * stuck, while one that only consumes goes on.
 *
 * <p>Publishes are written by one thread, so none of the callers ever blocks.
 */
final class Publisher {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final ConnectionFactory factory;
    private final String name;
    private final ExecutorService thread;
    private final Object connecting = new Object();
    private @Nullable Connection connection;
    private volatile @Nullable Confirms confirms;

    /** What one channel has not confirmed yet: another one numbers from 1 again. */
    private static final class Confirms {
        private final Channel channel;
        private final NavigableMap<Long, Consumer<Boolean>> unconfirmed = new TreeMap<>();
        private final Set<Long> returned = new HashSet<>();
        private boolean ended;

        private Confirms(Channel channel) {
            this.channel = channel;
        }

        /** False when the channel is gone: nobody would ever settle it. */
        private synchronized boolean expect(long number, Consumer<Boolean> outcome) {
            if (!ended) {
                unconfirmed.put(number, outcome);
            }
            return !ended;
        }

        private synchronized void returned(long number) {
            returned.add(number);
        }

        private void settle(long number, boolean multiple, boolean confirmed) {
            List<Consumer<Boolean>> good = new ArrayList<>(1);
            List<Consumer<Boolean>> bad = new ArrayList<>(0);
            synchronized (this) {
                NavigableMap<Long, Consumer<Boolean>> settled =
                        multiple ? unconfirmed.headMap(number, true) : unconfirmed.subMap(number, true, number, true);
                settled.forEach((each, outcome) -> (!returned.remove(each) && confirmed ? good : bad).add(outcome));
                settled.clear();
            }
            good.forEach(outcome -> outcome.accept(true));
            bad.forEach(outcome -> outcome.accept(false));
        }

        private void end() {
            synchronized (this) {
                ended = true;
            }
            settle(Long.MAX_VALUE, true, false);
        }
    }

    /** Connects when first used. */
    Publisher(ConnectionFactory factory, String name) {
        this.factory = factory;
        this.name = name;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread t = new Thread(task, name);
            t.setDaemon(true);
            return t;
        });
    }

    /**
     * Publishes.
     *
     * @param mandatory whether it has failed when no queue takes it
     * @param outcome gets true once the broker has the message in a queue, false when it has not or that is not known;
     *     called once, on any thread
     */
    void publish(
            String exchange,
            String key,
            boolean mandatory,
            AMQP.BasicProperties properties,
            byte[] body,
            Consumer<Boolean> outcome) {
        try {
            thread.execute(() -> write(exchange, key, mandatory, properties, body, outcome));
        } catch (RejectedExecutionException closed) {
            outcome.accept(false);
        }
    }

    private void write(
            String exchange,
            String key,
            boolean mandatory,
            AMQP.BasicProperties properties,
            byte[] body,
            Consumer<Boolean> outcome) {
        Confirms to;
        long number;
        try {
            to = openChannel();
            number = to.channel.getNextPublishSeqNo();
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            LOG.debug("{}: cannot publish: {}", name, e.toString());
            outcome.accept(false);
            return;
        }
        if (!to.expect(number, outcome)) {
            outcome.accept(false);
            return;
        }
        try {
            // The correlation id finds the message again when it is returned; the contract does not use it.
            to.channel.basicPublish(
                    exchange,
                    key,
                    mandatory,
                    properties.builder().correlationId(Long.toString(number)).build(),
                    body);
        } catch (IOException | AlreadyClosedException e) {
            LOG.debug("{}: cannot publish: {}", name, e.toString());
            to.settle(number, false, false);
        }
    }

    /** Declares a queue that was deleted meanwhile, in the background; one that is there with other arguments stays. */
    void declare(QueueDeclaration queue) {
        try {
            thread.execute(() -> {
                try {
                    Channel own = connection().createChannel();
                    own.queueDeclare(queue.name(), true, false, false, queue.arguments());
                    own.abort();
                } catch (IOException | TimeoutException | AlreadyClosedException e) {
                    LOG.debug("{}: cannot declare {}: {}", name, queue.name(), e.toString());
                }
            });
        } catch (RejectedExecutionException closed) {
            LOG.trace("{} is closed", name);
        }
    }

    private Confirms openChannel() throws IOException, TimeoutException {
        Confirms current = confirms;
        if (current != null && current.channel.isOpen()) {
            return current;
        }
        Channel fresh = connection().createChannel();
        if (fresh == null) {
            throw new IOException("the broker allows no more channels on this connection");
        }
        Confirms own = new Confirms(fresh);
        fresh.confirmSelect();
        fresh.addConfirmListener(new ConfirmListener() {
            @Override
            public void handleAck(long number, boolean multiple) {
                own.settle(number, multiple, true);
            }

            @Override
            public void handleNack(long number, boolean multiple) {
                own.settle(number, multiple, false);
            }
        });
        fresh.addReturnListener((code, text, exchange, key, properties, body) -> {
            LOG.warn(
                    "{}: {} took no message for \"{}\": {}",
                    name,
                    exchange.isEmpty() ? "no queue" : exchange,
                    key,
                    text);
            own.returned(Long.parseLong(properties.getCorrelationId()));
        });
        fresh.addShutdownListener(cause -> own.end());
        confirms = own;
        return own;
    }

    /** The connection that is published on, opened if there is none. Blocks; safe from any thread. */
    Connection connection() throws IOException, TimeoutException {
        synchronized (connecting) {
            Connection link = connection;
            if (link == null || !link.isOpen()) {
                link = factory.newConnection(name);
                connection = link;
            }
            return link;
        }
    }

    /** What is not confirmed yet has failed. */
    void close() {
        thread.shutdown();
        synchronized (connecting) {
            Connection link = connection;
            if (link != null) {
                link.abort(5_000);
            }
        }
        Confirms last = confirms;
        if (last != null) {
            last.end();
        }
    }
}
