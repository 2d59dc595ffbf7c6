package dev.shardline.gateway.command;

import dev.shardline.contract.command.InvalidCommandException;

/** The intents that answers depend on. See Discord Docs/Gateway#list-of-intents. */
final class Intents {
    static final long GUILD_MEMBERS = 1 << 1;
    static final long GUILD_VOICE_STATES = 1 << 7;
    static final long GUILD_PRESENCES = 1 << 8;

    private Intents() {}

    static void require(CommandShards shards, long intent, String name, String what) {
        if ((shards.intents() & intent) == 0) {
            throw new InvalidCommandException(what + " needs the intent " + name
                    + ", which this gateway does not identify with: add it to shardline.discord.intents");
        }
    }
}
