package dev.shardline.gateway.broker;

import java.io.IOException;

/** Puts frames into an output. */
@FunctionalInterface
public interface AmqpWriter {
    /** Writes any number of whole frames. */
    void writeTo(AmqpOutput output) throws IOException;
}
