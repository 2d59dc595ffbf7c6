package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.CloseCode;
import dev.shardline.gateway.protocol.Intent;
import java.util.List;

/**
 * Discord refused a shard for good: connecting again cannot help until somebody changes the configuration.
 *
 * @param shard the shard that was refused
 * @param code why
 * @param property the property to mend
 * @param message what happened and what to do, for people
 */
public record FatalClose(ShardId shard, CloseCode code, String property, String message) {
    static FatalClose of(ShardId shard, int code, long intents) {
        CloseCode known = CloseCode.of(code);
        String head = "Discord refused shard " + shard + " for good (close code " + code + ", " + known.words() + "): ";
        return switch (known) {
            case AUTHENTICATION_FAILED ->
                new FatalClose(
                        shard,
                        known,
                        "DISCORD_TOKEN",
                        head
                                + "the bot token is not valid. Copy it again from the Developer Portal (Bot > Reset Token) into"
                                + " DISCORD_TOKEN.");
            case INVALID_SHARD ->
                new FatalClose(
                        shard,
                        known,
                        "shardline.shards.total",
                        head + "it does not accept " + shard.total()
                                + " shards for this bot. Set shardline.shards.total to"
                                + " auto, or to a multiple of the number that Discord assigned to the bot.");
            case SHARDING_REQUIRED ->
                new FatalClose(
                        shard,
                        known,
                        "shardline.shards.total",
                        head + "a shard would hold more than 2500 guilds. Raise shardline.shards.total (now "
                                + shard.total() + "), or set it to auto.");
            case INVALID_API_VERSION ->
                new FatalClose(
                        shard,
                        known,
                        "shardline.discord.api-url",
                        head
                                + "it no longer speaks the version of the gateway that this release uses. Update Shardline, and"
                                + " check shardline.discord.api-url.");
            case INVALID_INTENTS ->
                new FatalClose(
                        shard,
                        known,
                        "shardline.discord.intents",
                        head + "the intents contain a bit that does not exist. Mend shardline.discord.intents (now "
                                + String.join(", ", Intent.names(intents)) + ").");
            case DISALLOWED_INTENTS ->
                new FatalClose(
                        shard,
                        known,
                        "shardline.discord.intents",
                        head + "the bot was not given a privileged intent that it asks for. Enable "
                                + privileged(intents)
                                + " in the Developer Portal (Bot > Privileged Gateway Intents), or remove it from"
                                + " shardline.discord.intents.");
            default ->
                new FatalClose(
                        shard, known, "shardline.discord", head + "the close-code policy forbids connecting again.");
        };
    }

    private static String privileged(long intents) {
        List<String> names = Intent.of(intents).stream()
                .filter(Intent::privileged)
                .map(Intent::name)
                .toList();
        return names.isEmpty() ? "it" : String.join(", ", names);
    }
}
