package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import java.util.Map;

/** The message behind which an old partition queue has nothing that is not in a new one too. */
final class EndMarker {
    /** The property {@code type}; no event has such a name. */
    static final String TYPE = "shardline.layout.end";

    private static final String QUEUE = "x-queue";

    private EndMarker() {}

    static AMQP.BasicProperties of(String queue) {
        return new AMQP.BasicProperties.Builder()
                .type(TYPE)
                .deliveryMode(2)
                .headers(Map.of(QUEUE, queue))
                .build();
    }

    static boolean isFor(String queue, Map<String, Object> headers) {
        return queue.equals(String.valueOf(headers.get(QUEUE)));
    }
}
