package dev.shardline.gateway.filter;

import java.util.Locale;

/** Why an event was left out. */
public enum FilterReason {
    /** Its name is on the deny list. */
    DENIED,
    /** There is an allow list, and its name is not on it. */
    NOT_ALLOWED,
    /** A GUILD_CREATE that only brings a guild which the bot is in already. */
    GUILD_LOADED,
    /** A GUILD_DELETE that tells of an outage and not of a leave. */
    GUILD_OUTAGE,
    /** A MESSAGE_UPDATE without an edit. */
    MESSAGE_UNCHANGED,
    /** A MESSAGE_CREATE whose text begins with none of the prefixes. */
    NO_PREFIX;

    /** The value of the metric's tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
