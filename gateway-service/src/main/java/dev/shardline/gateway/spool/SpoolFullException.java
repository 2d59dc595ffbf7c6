package dev.shardline.gateway.spool;

import java.io.IOException;

/** The spool has reached its own limit, or the disk the reserve that must stay free. */
public final class SpoolFullException extends IOException {
    /** With both figures. */
    public SpoolFullException(String message) {
        super(message);
    }
}
