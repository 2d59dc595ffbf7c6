package dev.shardline.broker.server;

import java.util.Map;

/** What the broker says about itself in {@code connection.start}. */
final class ServerProperties {
    private ServerProperties() {}

    static Map<String, Object> table() {
        return Map.of(
                "product",
                "Shardline embedded broker",
                "version",
                "4.3.0",
                "platform",
                "Java",
                "cluster_name",
                "embedded",
                "information",
                "For development and tests. Not for production.",
                "capabilities",
                Map.of(
                        "publisher_confirms", true,
                        "exchange_exchange_bindings", true,
                        "basic.nack", true,
                        "consumer_cancel_notify", true,
                        "connection.blocked", true,
                        "consumer_priorities", true,
                        "authentication_failure_close", true,
                        "per_consumer_qos", true,
                        "direct_reply_to", true));
    }
}
