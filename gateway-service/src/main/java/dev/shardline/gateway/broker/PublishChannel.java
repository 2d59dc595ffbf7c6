package dev.shardline.gateway.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;

/**
 * One connection with one channel in confirm mode, to which one thread writes frames of its own making.
 *
 * <p>The client does not count what is written here: the n-th message is confirmed with delivery tag n, from 1.
 */
public final class PublishChannel {
    private final Connection connection;
    private final Channel channel;
    private final CoalescingFrameHandler frames;

    PublishChannel(Connection connection, Channel channel, CoalescingFrameHandler frames) {
        this.connection = connection;
        this.channel = channel;
        this.frames = frames;
    }

    /** What happens on the channel. Called on the connection's reader thread, one call at a time; must not block. */
    public interface Listener {
        /** The broker has taken responsibility for the message, or for all up to it. */
        void confirmed(long deliveryTag, boolean multiple);

        /** The broker has refused the message, or all up to it. */
        void refused(long deliveryTag, boolean multiple);

        /** A message was bound to no queue. Its confirm follows. */
        void returned(String routingKey);

        /** The broker takes nothing for now: memory or disk alarm. */
        void blocked(String reason);

        /** It does again. */
        void unblocked();

        /** The end of channel or connection, from either side; called once or twice. */
        void closed(String reason);
    }

    /** Registers the only listener. A channel that has ended already says so at once. */
    public void listen(Listener listener) {
        channel.addConfirmListener(new ConfirmListener() {
            @Override
            public void handleAck(long deliveryTag, boolean multiple) {
                listener.confirmed(deliveryTag, multiple);
            }

            @Override
            public void handleNack(long deliveryTag, boolean multiple) {
                listener.refused(deliveryTag, multiple);
            }
        });
        channel.addReturnListener(returned -> listener.returned(returned.getRoutingKey()));
        connection.addBlockedListener(new BlockedListener() {
            @Override
            public void handleBlocked(String reason) {
                listener.blocked(reason);
            }

            @Override
            public void handleUnblocked() {
                listener.unblocked();
            }
        });
        channel.addShutdownListener(cause -> listener.closed(reason(cause)));
        connection.addShutdownListener(cause -> listener.closed(reason(cause)));
    }

    /** Sends whole frames. Blocks as long as the broker does not read; {@link #kill} from another thread ends that. */
    public void write(AmqpWriter writer) throws IOException {
        frames.write(writer);
    }

    /** The channel's number, for the frames. */
    public int number() {
        return channel.getChannelNumber();
    }

    /** Largest frame that the broker takes, 0 for any. */
    public int frameMax() {
        return connection.getFrameMax();
    }

    /** For declaring on a channel of its own. */
    public Connection connection() {
        return connection;
    }

    /** Ends the connection without a word to the broker. Never blocks; {@link Listener#closed} follows. */
    public void kill() {
        frames.close();
    }

    /** Says good-bye, for at most two seconds. */
    public void close() {
        connection.abort(AMQP.REPLY_SUCCESS, "stopping", 2_000);
        frames.close();
    }

    /** The reply code and text of a close, or the cause when there was none. */
    static String reason(ShutdownSignalException signal) {
        Method method = signal.getReason();
        if (method instanceof AMQP.Connection.Close close) {
            return close.getReplyCode() + " " + close.getReplyText();
        }
        if (method instanceof AMQP.Channel.Close close) {
            return close.getReplyCode() + " " + close.getReplyText();
        }
        Throwable cause = signal.getCause();
        return cause == null || cause.getMessage() == null ? "connection ended" : cause.getMessage();
    }
}
