package dev.shardline.broker.server;

/** Where durable exchanges, queues and bindings are written down. */
interface Definitions {
    void define(String key, byte[] value);

    void undefine(String key);
}
