package dev.shardline.gateway.publish;

import dev.shardline.contract.EventHeaders;
import dev.shardline.contract.Topology;
import dev.shardline.gateway.broker.AmqpOutput;
import dev.shardline.gateway.shard.Dispatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The frames of one event: basic.publish, content header with the properties of the contract, body. See
 * {@code docs/wire-contract.md} and the AMQP 0-9-1 specification, 1.8.3.7 and 4.2.6.
 */
final class EventFrames {
    private static final int METHOD = 1;
    private static final int HEADER = 2;
    private static final int BASIC = 60;
    private static final int PUBLISH = 40;
    /** content-type, headers, delivery-mode, message-id, timestamp, type, app-id. */
    private static final int FLAGS = 1 << 15 | 1 << 13 | 1 << 12 | 1 << 7 | 1 << 6 | 1 << 5 | 1 << 3;

    private static final byte[] CONTENT_TYPE = shortString("application/json");
    private static final byte[] EXCHANGE = shortString(Topology.EVENTS_EXCHANGE);
    private static final byte[] SHARD = field(EventHeaders.SHARD, 'I');
    private static final byte[] SHARDS = field(EventHeaders.SHARDS, 'I');
    private static final byte[] SEQUENCE = field(EventHeaders.SEQUENCE, 'l');
    private static final byte[] SESSION = field(EventHeaders.SESSION, 'S');
    private static final byte[] GUILD = field(EventHeaders.GUILD, 'S');
    private static final byte[] RECEIVED = field(EventHeaders.RECEIVED, 'l');
    private static final byte[] REPLAYED = field(EventHeaders.REPLAYED, 't');
    private static final byte[] DEFERRED = field(EventHeaders.DEFERRED, 't');

    private final byte[] applicationId;
    private final int mandatory;

    EventFrames(String applicationId, boolean mandatory) {
        this.applicationId = shortString(applicationId);
        this.mandatory = mandatory ? 1 : 0;
    }

    void write(AmqpOutput out, int channel, int frameMax, Pending pending) throws IOException {
        Dispatch dispatch = pending.dispatch;
        out.beginFrame(METHOD, channel);
        out.shortInt(BASIC);
        out.shortInt(PUBLISH);
        out.shortInt(0);
        out.bytes(EXCHANGE);
        out.shortString(pending.key);
        out.octet(mandatory);
        out.endFrame();

        out.beginFrame(HEADER, channel);
        out.shortInt(BASIC);
        out.shortInt(0);
        out.longLong(pending.body.length);
        out.shortInt(FLAGS);
        out.bytes(CONTENT_TYPE);
        out.beginTable();
        out.bytes(SHARD);
        out.longInt(dispatch.shard().id());
        out.bytes(SHARDS);
        out.longInt(dispatch.shard().total());
        out.bytes(SEQUENCE);
        out.longLong(dispatch.sequence());
        out.bytes(SESSION);
        out.longString(dispatch.session());
        String guild = dispatch.guildId();
        if (guild != null) {
            out.bytes(GUILD);
            out.longString(guild);
        }
        out.bytes(RECEIVED);
        out.longLong(dispatch.receivedMicros());
        if (dispatch.replayed()) {
            out.bytes(REPLAYED);
            out.octet(1);
        }
        if (pending.deferred) {
            out.bytes(DEFERRED);
            out.octet(1);
        }
        out.endTable();
        out.octet(2);
        out.shortString(EventHeaders.messageId(dispatch.session(), dispatch.sequence()));
        out.longLong(dispatch.receivedMicros() / 1_000_000);
        out.shortString(dispatch.type());
        out.bytes(applicationId);
        out.endFrame();

        out.body(pending.body, channel, frameMax);
    }

    private static byte[] field(String name, char type) {
        byte[] text = shortString(name);
        byte[] field = java.util.Arrays.copyOf(text, text.length + 1);
        field[text.length] = (byte) type;
        return field;
    }

    private static byte[] shortString(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 255) {
            throw new IllegalArgumentException("must be at most 255 bytes, was " + bytes.length + ": " + text);
        }
        byte[] encoded = new byte[bytes.length + 1];
        encoded[0] = (byte) bytes.length;
        System.arraycopy(bytes, 0, encoded, 1, bytes.length);
        return encoded;
    }
}
