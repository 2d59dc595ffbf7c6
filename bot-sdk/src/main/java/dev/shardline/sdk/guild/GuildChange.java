package dev.shardline.sdk.guild;

/** What a GUILD_CREATE or GUILD_DELETE says. See Discord Docs/Gateway Events, Guild Create and Guild Delete. */
public enum GuildChange {
    /** The bot was added to the guild. */
    JOINED,
    /** A guild that the bot was in before is there: after the start of a session or after an outage. */
    AVAILABLE,
    /** An outage at Discord. The bot is still a member: delete nothing. */
    UNAVAILABLE,
    /** The bot was removed from the guild, or the guild was deleted. */
    LEFT,
    /** Nothing that was not known. */
    NONE
}
