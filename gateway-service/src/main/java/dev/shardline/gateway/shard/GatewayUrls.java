package dev.shardline.gateway.shard;

/**
 * Where new sessions connect to. Called on mailboxes; must not block, so implementations answer from memory.
 */
public interface GatewayUrls {
    /** The base address, {@code wss://host}, without query. */
    String url();
}
