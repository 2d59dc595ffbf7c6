package dev.shardline.contract.command;

import org.jspecify.annotations.Nullable;

/**
 * Who a command is for.
 *
 * @param kind what {@code id} means
 * @param id shard, guild or user id in decimal digits; null for all and cluster
 */
public record Target(Kind kind, @Nullable String id) {
    /** The kinds of targets. */
    public enum Kind {
        /** One shard of the serving generation. */
        SHARD,
        /** The shard that owns a guild, whatever the shard count is. */
        GUILD,
        /** The guild in whose voice channel a user is, as far as the gateway has seen it; else as {@link #GUILD}. */
        USER,
        /** Every shard. */
        ALL,
        /** The cluster itself: status, resharding, drain. */
        CLUSTER
    }

    /** Checks that the id fits the kind. */
    public Target {
        boolean needsId = kind == Kind.SHARD || kind == Kind.GUILD || kind == Kind.USER;
        if (needsId == (id == null)) {
            throw new IllegalArgumentException(
                    "target " + kind + (needsId ? " needs an id" : " takes no id, was " + id));
        }
        if (id != null && (id.isEmpty() || id.length() > 20 || !id.chars().allMatch(c -> c >= '0' && c <= '9'))) {
            throw new IllegalArgumentException("target id must be decimal digits, was \"" + Shortened.of(id) + "\"");
        }
        if (kind == Kind.SHARD && id != null && id.length() > 6) {
            throw new IllegalArgumentException("target shard must be 0 to 999999, was " + id);
        }
    }

    /** One shard. */
    public static Target shard(int shard) {
        return new Target(Kind.SHARD, Integer.toString(shard));
    }

    /** The owner of a guild. */
    public static Target guild(long guildId) {
        return new Target(Kind.GUILD, Long.toUnsignedString(guildId));
    }

    /** The guild in whose voice channel a user is; the gateway must be told to remember that. */
    public static Target user(long userId) {
        return new Target(Kind.USER, Long.toUnsignedString(userId));
    }

    /** Every shard. */
    public static Target all() {
        return new Target(Kind.ALL, null);
    }

    /** The cluster. */
    public static Target cluster() {
        return new Target(Kind.CLUSTER, null);
    }

    /**
     * Reads what {@link #routingKey} writes.
     *
     * @throws IllegalArgumentException when it is none of {@code shard.<id>}, {@code guild.<id>}, {@code user.<id>},
     *     {@code all} and {@code cluster}
     */
    public static Target parse(String text) {
        if (text.equals("all")) {
            return all();
        }
        if (text.equals("cluster")) {
            return cluster();
        }
        if (text.startsWith("shard.")) {
            return new Target(Kind.SHARD, text.substring("shard.".length()));
        }
        if (text.startsWith("guild.")) {
            return new Target(Kind.GUILD, text.substring("guild.".length()));
        }
        if (text.startsWith("user.")) {
            return new Target(Kind.USER, text.substring("user.".length()));
        }
        throw new IllegalArgumentException(
                "target must be shard.<id>, guild.<id>, user.<id>, all or cluster, was \"" + Shortened.of(text) + "\"");
    }

    /** The routing key on {@code shardline.commands}. */
    public String routingKey() {
        return switch (kind) {
            case SHARD -> "shard." + id;
            case GUILD -> "guild." + id;
            case USER -> "user." + id;
            case ALL -> "all";
            case CLUSTER -> "cluster";
        };
    }
}
