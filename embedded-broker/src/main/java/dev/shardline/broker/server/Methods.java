package dev.shardline.broker.server;

import com.rabbitmq.client.impl.Method;

/** The client's builders answer interfaces; what they build can be encoded. */
final class Methods {
    private Methods() {}

    static Method of(com.rabbitmq.client.Method method) {
        return (Method) method;
    }
}
