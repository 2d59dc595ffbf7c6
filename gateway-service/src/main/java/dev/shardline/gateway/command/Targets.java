package dev.shardline.gateway.command;

import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.contract.command.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Refuses a target that a command makes no sense for. */
final class Targets {
    private Targets() {}

    static void require(Invocation invocation, Target.Kind... allowed) {
        Target target = invocation.command().target();
        if (!Arrays.asList(allowed).contains(target.kind())) {
            throw new InvalidCommandException(invocation.command().type() + " takes the target "
                    + Arrays.stream(allowed)
                            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(" or "))
                    + ", was " + target.routingKey());
        }
    }

    /** The guild that the command is for. */
    static String guild(Invocation invocation) {
        require(invocation, Target.Kind.GUILD);
        String id = invocation.command().target().id();
        if (id == null) {
            throw new IllegalStateException("a guild target without id");
        }
        return id;
    }
}
