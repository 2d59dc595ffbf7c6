package dev.shardline.sdk.dispatch;

import dev.shardline.contract.EventHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event message as it came from a queue.
 *
 * @param type Discord's {@code t}, from the message's {@code type}
 * @param body Discord's {@code d}, the only copy
 * @param messageId {@code session:sequence}; empty when the publisher set none
 * @param headers as the AMQP client decoded them, see {@link EventHeaders}
 * @param redelivered the broker's flag
 */
@SuppressWarnings("ArrayRecordComponent") // the one copy, handed on
public record Inbound(String type, byte[] body, String messageId, Map<String, Object> headers, boolean redelivered) {

    /** Discord's session id, from the message id. */
    public String session() {
        int colon = messageId.lastIndexOf(':');
        return colon < 0 ? "" : messageId.substring(0, colon);
    }

    /** Discord's sequence, from the message id; -1 when it has none. */
    public long sequence() {
        int colon = messageId.lastIndexOf(':');
        if (colon < 0 || colon + 1 == messageId.length() || messageId.length() - colon > 19) {
            return -1;
        }
        long value = 0;
        for (int i = colon + 1; i < messageId.length(); i++) {
            char c = messageId.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    /** Guild id; null outside guilds. */
    public @Nullable String guildId() {
        Object guild = headers.get(EventHeaders.GUILD);
        return guild == null ? null : guild.toString();
    }

    /** A whole number among the headers. */
    public long number(String header, long otherwise) {
        return headers.get(header) instanceof Number number ? number.longValue() : otherwise;
    }
}
