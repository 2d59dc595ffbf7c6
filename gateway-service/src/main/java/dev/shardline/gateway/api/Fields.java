package dev.shardline.gateway.api;

import org.jspecify.annotations.Nullable;

/** Checks of request bodies. */
final class Fields {
    private Fields() {}

    /** Jackson leaves out what is not there, whatever the compiler believes. */
    static void present(String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
