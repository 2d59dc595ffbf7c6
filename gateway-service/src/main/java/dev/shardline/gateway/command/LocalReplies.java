package dev.shardline.gateway.command;

import dev.shardline.contract.command.Reply;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Answers callers in this process directly, and everybody else by the broker. Safe for use by many threads.
 *
 * <p>A caller in this process has an address without a queue, which no message from the broker can have.
 */
final class LocalReplies implements Replies {
    private final Replies broker;
    private final Map<ReplyAddress, Consumer<Reply>> callers = new ConcurrentHashMap<>();

    LocalReplies(Replies broker) {
        this.broker = broker;
    }

    /** Makes an address for one command; forget it with {@link #remove}. */
    ReplyAddress add(Consumer<Reply> caller) {
        ReplyAddress address = new ReplyAddress("", UUID.randomUUID().toString());
        callers.put(address, caller);
        return address;
    }

    void remove(ReplyAddress address) {
        callers.remove(address);
    }

    @Override
    public boolean send(ReplyAddress to, Reply reply, long untilMillis) {
        if (!to.isLocal()) {
            return broker.send(to, reply, untilMillis);
        }
        Consumer<Reply> caller = callers.get(to);
        if (caller != null) {
            caller.accept(reply);
        }
        return true;
    }

    @Override
    public void afterwards(Runnable task) {
        broker.afterwards(task);
    }

    /** A caller in this process has been told; there is nothing that the broker would deliver again. */
    @Override
    public void bury(Incoming incoming, String reason) {
        ReplyAddress to = incoming.replyTo();
        if (to != null && to.isLocal()) {
            incoming.settlement().ack();
        } else {
            broker.bury(incoming, reason);
        }
    }
}
