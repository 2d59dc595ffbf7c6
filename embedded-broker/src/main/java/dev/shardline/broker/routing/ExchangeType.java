package dev.shardline.broker.routing;

import java.util.Optional;

/** The four types of AMQP 0-9-1. See AMQP 0-9-1 section 3.1.3, "Exchange Types". */
public enum ExchangeType {
    DIRECT,
    TOPIC,
    FANOUT,
    HEADERS;

    /** The type with this name on the wire, if there is one. */
    public static Optional<ExchangeType> named(String name) {
        for (ExchangeType type : values()) {
            if (type.wireName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public String wireName() {
        return switch (this) {
            case DIRECT -> "direct";
            case TOPIC -> "topic";
            case FANOUT -> "fanout";
            case HEADERS -> "headers";
        };
    }

    Matcher newMatcher() {
        return switch (this) {
            case DIRECT -> new DirectMatcher();
            case TOPIC -> new TopicMatcher();
            case FANOUT -> new FanoutMatcher();
            case HEADERS -> new HeadersMatcher();
        };
    }
}
