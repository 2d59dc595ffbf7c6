package dev.shardline.simulator.gateway;

/** Learns of every interaction the moment it is dispatched. */
public interface InteractionLog {
    /** An INTERACTION_CREATE with this id and token goes out now. */
    void happened(String id, String token);
}
