package dev.shardline.gateway.command;

import org.jspecify.annotations.Nullable;

/**
 * One delivery of a command.
 *
 * @param body the bytes as they came
 * @param routingKey null when it did not come by the commands exchange and so need not fit the target
 * @param replyTo null when nobody wants an answer
 * @param userId AMQP's {@code user-id}
 * @param settlement how the broker learns that it is done with
 */
@SuppressWarnings("ArrayRecordComponent") // a delivery is never compared
record Incoming(
        byte[] body,
        @Nullable String routingKey,
        @Nullable ReplyAddress replyTo,
        @Nullable String userId,
        Settlement settlement) {
    /** Safe for use by many threads; does nothing once the channel is gone, for the broker delivers again then. */
    interface Settlement {
        void ack();

        /** Not to be delivered again; the broker moves it to the dead queue, without a reason. */
        void reject();
    }
}
