package dev.shardline.gateway.api.access;

import java.security.Principal;

/**
 * Who is calling. An object of this class is the proof that a request came through the access rules.
 *
 * @param name of the token or certificate in the configuration, or {@code loopback}
 * @param role what it may do
 * @param via how it proved that: {@code token}, {@code certificate} or {@code loopback}
 * @param peer address of the other end of the connection
 */
public record Caller(String name, Role role, String via, String peer) implements Principal {
    /** The request attribute that holds the caller. */
    public static final String ATTRIBUTE = "dev.shardline.gateway.api.caller";

    @Override
    public String getName() {
        return name;
    }
}
