package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest body that the broker takes: as configured, until the broker names a lower limit.
 *
 * <p>RabbitMQ says its own only when it closes a channel for an event above it ({@code max_message_size}); sent again,
 * that event would close the next channel as well, for ever. Safe for use by many threads.
 */
final class MessageLimit {
    private static final Logger log = LoggerFactory.getLogger(MessageLimit.class);
    private static final Pattern REASON =
            Pattern.compile("message size \\d+ is larger than (?:configured )?max size (\\d{1,9})\\b");

    private final PublishCounters counters;
    private final AtomicInteger max;

    /** Starts with a limit in bytes. */
    MessageLimit(int configured, PublishCounters counters) {
        this.max = new AtomicInteger(configured);
        this.counters = counters;
    }

    boolean fits(byte[] body) {
        return body.length <= max.get();
    }

    /** Reads why the broker has closed a channel; the limit that it may name holds from now on. */
    void learn(String reason) {
        Matcher told = REASON.matcher(reason);
        if (!told.find()) {
            return;
        }
        int named = Integer.parseInt(told.group(1));
        int before = max.getAndUpdate(known -> Math.min(known, named));
        if (named < before) {
            log.warn(
                    "The broker takes messages of at most {} bytes, fewer than the {} of shardline.publish.max-message-size:"
                            + " larger events are left out until the gateway starts anew. Raise max_message_size of the"
                            + " broker, or lower the setting",
                    named,
                    before);
        }
    }

    /** Counts an event that is not published, and names it in the log. */
    void leftOut(Dispatch dispatch, int bytes) {
        counters.tooLarge.increment();
        log.error(
                "Left out {} {}:{} of shard {}: {} bytes are more than the broker's {}, or a name is over 255 bytes",
                dispatch.type(),
                dispatch.session(),
                dispatch.sequence(),
                dispatch.shard(),
                bytes,
                max.get());
    }
}
