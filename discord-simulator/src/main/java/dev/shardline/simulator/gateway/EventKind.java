package dev.shardline.simulator.gateway;

import java.nio.charset.StandardCharsets;

/** What the gateway knows about an event's name: who gets it, and how its envelope begins. Immutable. */
final class EventKind {
    private final String name;
    private final byte[] quoted;
    private final int guildIntents;
    private final int directIntents;
    private final boolean onlyShardZero;

    EventKind(String name, int guildIntents, int directIntents, boolean onlyShardZero) {
        this.name = name;
        this.quoted = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
        this.guildIntents = guildIntents;
        this.directIntents = directIntents;
        this.onlyShardZero = onlyShardZero;
    }

    String name() {
        return name;
    }

    byte[] quoted() {
        return quoted;
    }

    /** Intents of which one suffices; 0 means that every session gets the event. */
    int intents(boolean inGuild) {
        return inGuild ? guildIntents : directIntents;
    }

    /** Whether shard 0 gets the event even when it names a guild. */
    boolean onlyShardZero() {
        return onlyShardZero;
    }
}
