package dev.shardline.sdk.command;

import dev.shardline.contract.command.RawJson;

/** Gets the parts of a result as they come. */
interface PartListener {
    /** Keeps the parts for the reply. */
    PartListener NONE = (index, part) -> {};

    /** One part; index 0 again means that everything begins anew. */
    void part(int index, RawJson part);
}
