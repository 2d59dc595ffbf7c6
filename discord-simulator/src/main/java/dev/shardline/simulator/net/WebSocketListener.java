package dev.shardline.simulator.net;

/** What happens on a WebSocket. Called on the reactor's thread. */
public interface WebSocketListener {
    /** A complete text or binary message. */
    void message(byte[] payload);

    /**
     * The connection is over. Called once.
     *
     * @param code the close code that the client sent, 1005 for none, 1006 when there was no close frame of the client
     * @param byClient whether the client started the closing handshake
     */
    void closed(int code, boolean byClient);
}
