package dev.shardline.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.shardline.contract.command.RawJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a command that was done; docs/commands.md has the same words.
 *
 * @param id the command's id
 * @param outcome {@code SENT} or {@code RESULT}
 * @param text the same for people
 * @param shards with target all: the shards of this instance, for which it was done
 * @param serving with target all: how many shards there are
 * @param result what was asked for, byte for byte as Discord sent it
 * @param parts instead of {@code result} when it came in several parts, in their order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CommandReply(
        String id,
        String outcome,
        String text,
        @Nullable List<Integer> shards,
        @Nullable Integer serving,
        @Nullable RawJson result,
        @Nullable List<RawJson> parts) {}
