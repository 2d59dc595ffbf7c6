package dev.shardline.gateway.command;

import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The commands answered last, so that one that comes again (the caller lost its connection, the broker delivers again) is
 * answered again instead of done twice. Bounded in number and bytes; the oldest go first. Confined to the command thread.
 */
final class AnsweredCommands {
    /** Bigger answers are not kept: the question is asked again. */
    static final long MOST_BYTES_OF_ONE = 1 << 20;

    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 16 << 20;

    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private long bytes;

    void add(Command command, List<Reply> replies, long size) {
        Entry before = byId.remove(command.id());
        bytes -= before == null ? 0 : before.bytes;
        long kept =
                (replies.isEmpty() ? 0 : size) + command.payload().toString().length();
        byId.put(command.id(), new Entry(command, List.copyOf(replies), kept));
        bytes += kept;
        var oldest = byId.values().iterator();
        while (byId.size() > MOST || bytes > MOST_BYTES) {
            bytes -= oldest.next().bytes;
            oldest.remove();
        }
    }

    @Nullable
    Command command(String id) {
        Entry entry = byId.get(id);
        return entry == null ? null : entry.command;
    }

    List<Reply> replies(String id) {
        Entry entry = byId.get(id);
        return entry == null ? List.of() : entry.replies;
    }

    private record Entry(Command command, List<Reply> replies, long bytes) {}
}
