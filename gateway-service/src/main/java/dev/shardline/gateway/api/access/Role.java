package dev.shardline.gateway.api.access;

/** What a caller may do. */
public enum Role {
    /** See how the gateway is. */
    READ,
    /** Also change what it does, and send commands. */
    OPERATE;

    /** As it is written in a configuration. */
    public String word() {
        return this == READ ? "read" : "operate";
    }
}
