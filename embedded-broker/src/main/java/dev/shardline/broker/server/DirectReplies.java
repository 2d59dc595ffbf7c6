package dev.shardline.broker.server;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who waits for replies without a queue. See RabbitMQ Docs/Direct Reply-to. Confined to the broker's thread. */
final class DirectReplies {
    /** The pseudo queue that a requester consumes from. */
    static final String NAME = "amq.rabbitmq.reply-to";
    /** What a reply's routing key begins with. */
    static final String PREFIX = NAME + ".";

    private final Map<String, ClientChannel> byToken = new HashMap<>();

    String register(ClientChannel channel) {
        String token = UUID.randomUUID().toString();
        byToken.put(token, channel);
        return token;
    }

    void remove(String token) {
        byToken.remove(token);
    }

    @Nullable
    ClientChannel find(String routingKey) {
        return byToken.get(routingKey.substring(PREFIX.length()));
    }

    /** Whether somebody still waits there; the bare name exists always. */
    boolean exists(String name) {
        return name.equals(NAME) || byToken.containsKey(name.substring(PREFIX.length()));
    }
}
