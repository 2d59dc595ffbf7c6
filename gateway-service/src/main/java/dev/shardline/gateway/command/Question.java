package dev.shardline.gateway.command;

import dev.shardline.gateway.shard.Dispatch;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A payload that Discord answers with dispatches, and how to know the answer. Confined to the command thread. */
interface Question {
    /** The guilds whose dispatches may answer it. */
    Set<String> guilds();

    /** The payload to send; called once per attempt, after which earlier answers count no more. */
    byte[] ask();

    /** A dispatch of one of its guilds, after it was sent; the answer, or null while more is awaited. */
    @Nullable
    Answer onDispatch(Dispatch dispatch);

    /** The deadline has come. */
    Answer onDeadline();
}
