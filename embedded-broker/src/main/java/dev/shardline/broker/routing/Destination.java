package dev.shardline.broker.routing;

/** What a binding leads to: a queue or another exchange. Compared by identity. */
public interface Destination {
    /** The name within the virtual host. */
    String name();
}
