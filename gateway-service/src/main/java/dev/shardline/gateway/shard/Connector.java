package dev.shardline.gateway.shard;

import java.net.URI;

/** Opens web sockets. Implemented by {@code transport}. */
public interface Connector {
    /** Begins to open a connection and returns at once; what becomes of it is told to the listener. */
    Connection open(URI address, ConnectionListener listener);

    /** A connection from its first dial on. Safe for use by many threads; nothing blocks. */
    interface Connection {
        /** Queues a text frame. False when the connection is closing or gone. */
        boolean send(String text);

        /** Begins a close handshake. */
        void close(int code, String reason);

        /** Drops the connection without a word: Discord keeps the session. */
        void cancel();
    }

    /**
     * Hears of one connection. {@link #onFrame} is called by one thread, the reader; after {@link #onClosed} nothing
     * more is called.
     */
    interface ConnectionListener {
        /** The web socket is open. */
        void onOpen();

        /** A frame came in. The array is the listener's. */
        void onFrame(byte[] frame, boolean binary);

        /**
         * The connection is over. Called exactly once.
         *
         * @param code Discord's close code, 1005 without one, 1006 when the connection broke or never opened
         * @param reason Discord's reason or what went wrong, for people
         */
        void onClosed(int code, String reason);
    }
}
