package dev.shardline.gateway.checkpoint;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.shard.ResumePoint;
import dev.shardline.gateway.shard.ShardId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Resume points in the stream {@code shardline.checkpoints}, shared by all instances of a cluster.
 *
 * <p>A save appends what changed; the first over a new connection everything that this process owns. A reader starts
 * {@link #HISTORY} back in the broker's time, which is longer than Discord keeps a session without a connection, so it
 * never reads more than that however old the stream is. Nobody else's time of day matters. A queue of length 1 is no store: on quorum
 * queues a late nack brings an old value back. RabbitMQ only.
 */
public final class StreamCheckpointStore implements CheckpointStore {
    /** How far back a reader starts: 15 minutes. Whoever saves has to save everything more often. */
    public static final Duration HISTORY = Duration.ofMinutes(15);

    /** A time span and no time: the broker counts it back from its own clock. See RabbitMQ Docs/Streams, x-stream-offset. */
    private static final String FROM = HISTORY.toSeconds() + "s";

    /** How long a broker may take to answer that a connection ends: it may be what is broken. */
    private static final int ABORT_MILLIS = 1_000;

    private static final String MARKER = "marker";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Map<String, Object> ARGUMENTS = Map.of(
            "x-queue-type", "stream",
            "x-max-length-bytes", 64L << 20,
            "x-stream-max-segment-size-bytes", 4L << 20);

    private final BrokerConnections connections;
    private @Nullable Connection connection;
    private @Nullable Channel channel;
    /** Whether nobody knows what got through over an earlier connection. */
    private boolean snapshotDue = true;

    /** Connects on the first use, and again after every failure. */
    public StreamCheckpointStore(BrokerConnections connections) {
        this.connections = connections;
    }

    @Override
    public Map<ShardId, ResumePoint> load() throws IOException {
        Connection reading = null;
        try {
            // What is appended before the marker is read before the marker.
            String marker = UUID.randomUUID().toString();
            append(MARKER, marker, "");
            reading = connections.open("shardline-checkpoints-reader");
            return readUntil(reading.createChannel(), marker);
        } catch (BrokerException | ShutdownSignalException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (reading != null) {
                reading.abort(ABORT_MILLIS);
            }
        }
    }

    @Override
    public void save(Collection<ResumePoint> changed, Collection<ResumePoint> all, Collection<ShardId> forgotten)
            throws IOException {
        boolean snapshot = snapshotDue || changed.size() == all.size();
        append(
                snapshot ? "snapshot" : "delta",
                UUID.randomUUID().toString(),
                PointCodec.encode(snapshot ? all : changed, forgotten));
        if (snapshot) {
            snapshotDue = false;
        }
    }

    @Override
    public void close() {
        disconnect();
    }

    private Map<ShardId, ResumePoint> readUntil(Channel reader, String marker) throws IOException {
        BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        reader.basicQos(200);
        reader.basicConsume(
                Topology.CHECKPOINTS_STREAM, false, Map.of("x-stream-offset", FROM), new DefaultConsumer(reader) {
                    @Override
                    public void handleDelivery(
                            String consumerTag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                        messages.add(new Message(envelope.getDeliveryTag(), properties, body));
                    }
                });
        Map<ShardId, ResumePoint> points = new HashMap<>();
        while (true) {
            Message message = next(messages);
            if (marker.equals(message.properties().getMessageId())) {
                return points;
            }
            if (!MARKER.equals(message.properties().getType())) {
                try {
                    PointCodec.decode(new String(message.body(), StandardCharsets.UTF_8), points);
                } catch (IllegalArgumentException e) {
                    throw new IOException(
                            "stream " + Topology.CHECKPOINTS_STREAM + " holds what this version cannot read: "
                                    + e.getMessage(),
                            e);
                }
            }
            reader.basicAck(message.deliveryTag(), false);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    private record Message(long deliveryTag, AMQP.BasicProperties properties, byte[] body) {}

    private static Message next(BlockingQueue<Message> messages) throws IOException {
        try {
            Message message = messages.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new IOException("stream " + Topology.CHECKPOINTS_STREAM + " did not answer within " + TIMEOUT);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading resume points", e);
        }
    }

    private void append(String type, String id, String text) throws IOException {
        try {
            Channel open = channel();
            open.basicPublish(
                    "",
                    Topology.CHECKPOINTS_STREAM,
                    new AMQP.BasicProperties.Builder()
                            .type(type)
                            .messageId(id)
                            .deliveryMode(2)
                            .build(),
                    text.getBytes(StandardCharsets.UTF_8));
            if (!open.waitForConfirms(TIMEOUT.toMillis())) {
                throw new IOException("the broker refused a resume point");
            }
        } catch (InterruptedException e) {
            disconnect();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while saving resume points", e);
        } catch (BrokerException | ShutdownSignalException | TimeoutException e) {
            disconnect();
            throw new IOException(e.getMessage() == null ? "no confirm within " + TIMEOUT : e.getMessage(), e);
        } catch (IOException e) {
            disconnect();
            throw e;
        }
    }

    private Channel channel() throws IOException {
        Channel open = channel;
        if (open != null && open.isOpen()) {
            return open;
        }
        disconnect();
        Connection opened = connections.open("shardline-checkpoints");
        connection = opened;
        open = opened.createChannel();
        try {
            open.queueDeclare(Topology.CHECKPOINTS_STREAM, true, false, false, ARGUMENTS);
        } catch (IOException e) {
            if (e.getCause() instanceof ShutdownSignalException signal
                    && signal.getReason() instanceof AMQP.Connection.Close close
                    && close.getReplyCode() == AMQP.NOT_IMPLEMENTED) {
                throw new NoStreamsException(e);
            }
            throw e;
        }
        open.confirmSelect();
        channel = open;
        return open;
    }

    /** The one end of the writing connection. The next save is a snapshot: nobody knows what got through. */
    private void disconnect() {
        Connection open = connection;
        connection = null;
        channel = null;
        snapshotDue = true;
        if (open != null) {
            open.abort(AMQP.REPLY_SUCCESS, "closing", 2_000);
        }
    }
}
