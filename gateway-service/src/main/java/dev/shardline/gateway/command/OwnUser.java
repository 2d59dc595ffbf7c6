package dev.shardline.gateway.command;

import org.jspecify.annotations.Nullable;

/** The bot's own user id, known from the first READY on. Confined to the command thread. */
final class OwnUser {
    private @Nullable String id;

    @Nullable
    String id() {
        return id;
    }

    void learn(String known) {
        id = known;
    }
}
