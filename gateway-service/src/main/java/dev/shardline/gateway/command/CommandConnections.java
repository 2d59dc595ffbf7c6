package dev.shardline.gateway.command;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Opens connections to the broker. Called on the command consumer's own threads; may take long, may fail often. */
public interface CommandConnections {
    /**
     * Opens one connection, without automatic recovery: the consumer reconnects by itself.
     *
     * @param name what the broker's management shows
     */
    Connection open(String name) throws IOException, TimeoutException;
}
