package dev.shardline.simulator.net;

/** What a connection speaks at the moment: HTTP first, WebSocket after the upgrade. Reactor's thread only. */
interface Protocol {
    /** Takes what it can from the bytes {@code [from, to)} and returns how many it took; the rest is offered again. */
    int consume(byte[] bytes, int from, int to);

    /** The TCP connection is gone. Called once. */
    void gone();
}
