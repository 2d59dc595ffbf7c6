package dev.shardline.examples.moderation;

/** Where flagged messages go: a database, a REST call. May fail, and is tried again then. */
interface Verdicts {
    void flag(String guild, String message) throws Exception;
}
