package dev.shardline.gateway.command;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.RawJson;
import java.util.List;

/** One command on its way through a handler. Confined to the command thread. */
public interface Invocation {
    /** The command. */
    Command command();

    /**
     * The shards of this instance that the command is for: the one of the target, all local ones with target all, none
     * with target cluster.
     */
    List<Integer> shards();

    /** Sends a part of the result ahead of the final answer, for results that are big or take long. */
    void partial(RawJson part);

    /** Takes the parts back that were sent so far: the next one begins anew. */
    void restart();
}
