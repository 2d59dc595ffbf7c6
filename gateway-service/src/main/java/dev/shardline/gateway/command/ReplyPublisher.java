package dev.shardline.gateway.command;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes replies and dead commands, confirmed in batches, on a connection of its own: a broker that blocks publishers
 * must not block the consumer with them.
 *
 * <p>While the broker is away everything waits, in order; a reply that nobody waits for any more is dropped and counted.
 * What makes the broker close the channel is tried alone and then given up, so that it cannot hold up the others.
 */
final class ReplyPublisher implements Replies, AutoCloseable {
    private static final int MOST_IN_BATCH = 256;
    private static final int MOST_ATTEMPTS = 3;
    private static final long MOST_WAITING_BYTES = 64 << 20;
    private static final long CONFIRM_MILLIS = 10_000;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(ReplyPublisher.class);

    private final CommandConnections connections;
    private final CommandMetrics metrics;
    private final CommandLoop thread;
    private final Object lock = new Object();
    /** Guarded by {@code lock}. */
    private final Deque<Job> waiting = new ArrayDeque<>();
    /** Guarded by {@code lock}. */
    private long waitingBytes;
    /** Guarded by {@code lock}. */
    private boolean scheduled;

    private @Nullable Connection connection;
    private @Nullable Channel channel;
    private int alone;

    /** @param thread where publishing may block */
    ReplyPublisher(CommandConnections connections, CommandLoop thread, CommandMetrics metrics) {
        this.connections = connections;
        this.thread = thread;
        this.metrics = metrics;
    }

    @Override
    public boolean send(ReplyAddress to, Reply reply, long untilMillis) {
        byte[] body = CommandCodec.encode(reply);
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .correlationId(to.correlationId() == null ? reply.id() : to.correlationId())
                .build();
        if (!add(new Job(to.queue(), properties, body, untilMillis, () -> {}, () -> {}))) {
            metrics.replyDropped();
            return false;
        }
        return true;
    }

    @Override
    public void afterwards(Runnable task) {
        add(new Job(null, null, new byte[0], Long.MAX_VALUE, task, task));
    }

    @Override
    public void bury(Incoming incoming, String reason) {
        AMQP.BasicProperties properties = MessageProperties.PERSISTENT_BASIC
                .builder()
                .headers(Map.of(EventHeaders.DEAD_REASON, reason))
                .build();
        Incoming.Settlement settlement = incoming.settlement();
        add(new Job(
                Topology.DEAD_COMMANDS_QUEUE,
                properties,
                incoming.body(),
                Long.MAX_VALUE,
                settlement::ack,
                settlement::reject));
    }

    /** How many things wait for the broker. */
    int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    private boolean add(Job job) {
        synchronized (lock) {
            if (job.body.length > 0 && waitingBytes + job.body.length > MOST_WAITING_BYTES) {
                return false;
            }
            waiting.add(job);
            waitingBytes += job.body.length;
            if (scheduled) {
                return true;
            }
            scheduled = true;
        }
        thread.execute(this::drain);
        return true;
    }

    private void drain() {
        List<Job> batch = nextBatch();
        try {
            if (publish(batch)) {
                done(batch);
            }
            again(Duration.ZERO);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            LOG.debug("Replies wait for the broker", e);
            end();
            dropLate();
            again(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private void again(Duration delay) {
        synchronized (lock) {
            if (waiting.isEmpty()) {
                scheduled = false;
                return;
            }
        }
        thread.after(delay, this::drain);
    }

    private List<Job> nextBatch() {
        synchronized (lock) {
            return waiting.stream().limit(alone > 0 ? 1 : MOST_IN_BATCH).toList();
        }
    }

    /** False when the only job of the batch was given up. */
    private boolean publish(List<Job> batch) throws IOException, TimeoutException, InterruptedException {
        if (batch.stream().allMatch(job -> job.queue == null)) {
            return true;
        }
        Channel open = open();
        boolean tooOften = batch.size() == 1 && batch.get(0).attempts >= MOST_ATTEMPTS;
        if (tooOften) {
            LOG.warn("The broker refused a reply {} times; it is dropped", MOST_ATTEMPTS);
            giveUp(batch.get(0));
            return false;
        }
        boolean careful = alone > 0;
        alone = careful ? alone - 1 : batch.size();
        for (Job job : batch) {
            if (job.queue != null) {
                job.attempts++;
                open.basicPublish("", job.queue, job.properties, job.body);
            }
        }
        if (!open.waitForConfirms(CONFIRM_MILLIS)) {
            throw new IOException("the broker refused a reply");
        }
        alone = careful ? alone : 0;
        return true;
    }

    private void done(List<Job> batch) {
        remove(batch);
        batch.forEach(job -> job.published.run());
    }

    private void giveUp(Job job) {
        metrics.replyDropped();
        remove(List.of(job));
        job.givenUp.run();
    }

    private void dropLate() {
        long now = thread.millis();
        List<Job> late;
        synchronized (lock) {
            late = waiting.stream().filter(job -> job.untilMillis < now).toList();
        }
        late.forEach(this::giveUp);
    }

    private void remove(List<Job> jobs) {
        synchronized (lock) {
            for (Job job : jobs) {
                waiting.remove(job);
                waitingBytes -= job.body.length;
            }
        }
    }

    private Channel open() throws IOException, TimeoutException {
        Channel current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        end();
        Connection opened = connections.open("shardline-replies");
        connection = opened;
        Channel fresh = opened.createChannel();
        if (fresh == null) {
            throw new IOException("the broker allows no more channels");
        }
        fresh.confirmSelect();
        channel = fresh;
        return fresh;
    }

    /** The one end of the connection. */
    private void end() {
        Connection old = connection;
        connection = null;
        channel = null;
        if (old != null) {
            try {
                old.close(1000);
            } catch (IOException | AlreadyClosedException e) {
                LOG.debug("The reply connection was closed already", e);
            }
        }
    }

    @Override
    public void close() {
        thread.execute(this::end);
    }

    /** Something to publish, or only something to do in its turn. */
    private static final class Job {
        private final @Nullable String queue;
        private final AMQP.@Nullable BasicProperties properties;
        private final byte[] body;
        private final long untilMillis;
        private final Runnable published;
        private final Runnable givenUp;
        private int attempts;

        Job(
                @Nullable String queue,
                AMQP.@Nullable BasicProperties properties,
                byte[] body,
                long untilMillis,
                Runnable published,
                Runnable givenUp) {
            this.queue = queue;
            this.properties = properties;
            this.body = body;
            this.untilMillis = untilMillis;
            this.published = published;
            this.givenUp = givenUp;
        }
    }
}
