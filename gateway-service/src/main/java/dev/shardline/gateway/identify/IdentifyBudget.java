package dev.shardline.gateway.identify;

/**
 * Decides how many identifies are never spent. When a bot has none left, Discord ends all its sessions and resets its
 * token. Must not block. The default keeps a tenth.
 */
public interface IdentifyBudget {
    /** The default. */
    IdentifyBudget TENTH = limit -> limit.total() / 10;

    /** How many of {@link SessionStartLimit#remaining} are kept. */
    int reserve(SessionStartLimit limit);
}
