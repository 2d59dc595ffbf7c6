package dev.shardline.simulator.net;

/** Answers requests. Called on the reactor's thread; must not block. */
public interface HttpHandler {
    /** Answers now or later by one of the exchange's answering methods; never answering is a stall. */
    void handle(HttpExchange exchange);
}
