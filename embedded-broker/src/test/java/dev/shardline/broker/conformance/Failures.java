package dev.shardline.broker.conformance;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.ShutdownSignalException;

/** What a broker said when it refused something. */
final class Failures {
    private Failures() {}

    /** An action on a channel. */
    interface Action {
        void run() throws Exception;
    }

    /** {@code accepted}, or what was closed and the reply code, as in {@code channel 404}. */
    static String of(Action action) {
        String whole = withText(action);
        int bar = whole.indexOf('|');
        return bar < 0 ? whole : whole.substring(0, bar);
    }

    /** As {@link #of}, with the reply text after a bar. */
    static String withText(Action action) {
        try {
            action.run();
            return "accepted";
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ShutdownSignalException closed) {
                    return describe(closed);
                }
            }
            throw new AssertionError("failed otherwise than by a close of the broker", e);
        }
    }

    static String describe(ShutdownSignalException closed) {
        if (closed.getReason() instanceof AMQP.Channel.Close close) {
            return "channel " + close.getReplyCode() + '|' + close.getReplyText();
        }
        if (closed.getReason() instanceof AMQP.Connection.Close close) {
            return "connection " + close.getReplyCode() + '|' + close.getReplyText();
        }
        return "socket closed";
    }
}
