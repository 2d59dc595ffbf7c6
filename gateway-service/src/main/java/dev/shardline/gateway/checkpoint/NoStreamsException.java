package dev.shardline.gateway.checkpoint;

import java.io.IOException;

/** The broker has no streams, and trying again will not change that: it is the embedded one. */
final class NoStreamsException extends IOException {
    private static final long serialVersionUID = 1L;

    NoStreamsException(IOException cause) {
        super("the broker has no streams", cause);
    }
}
