package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An event as it lies in the spool. The first byte is the version of the layout. */
final class EventRecord {
    private static final byte VERSION = 1;

    private EventRecord() {}

    static byte[] encode(Pending pending) {
        Dispatch dispatch = pending.dispatch;
        byte[] session = utf8(dispatch.session());
        byte[] type = utf8(dispatch.type());
        byte[] key = utf8(pending.key);
        String guildId = dispatch.guildId();
        byte[] guild = utf8(guildId == null ? "" : guildId);
        ByteBuffer record = ByteBuffer.allocate(1
                + 4
                + 4
                + 8
                + 8
                + 8
                + 1
                + 4 * 4
                + session.length
                + type.length
                + key.length
                + guild.length
                + pending.body.length);
        record.put(VERSION)
                .putInt(dispatch.shard().id())
                .putInt(dispatch.shard().total())
                .putLong(dispatch.sequence())
                .putLong(dispatch.routeId())
                .putLong(dispatch.receivedMicros())
                .put((byte) ((dispatch.replayed() ? 1 : 0) | (guildId == null ? 0 : 2) | (pending.deferred ? 4 : 0)));
        put(record, session);
        put(record, type);
        put(record, key);
        put(record, guild);
        return record.put(pending.body).array();
    }

    /**
     * Reads a record back.
     *
     * @throws IllegalArgumentException when it was written by a version that this one does not know
     */
    static Pending decode(byte[] bytes, Stripe stripe) {
        ByteBuffer record = ByteBuffer.wrap(bytes);
        byte version = record.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("spool record has version " + version + ", known is " + VERSION
                    + "; drain the spool with the gateway version that wrote it");
        }
        ShardId shard = new ShardId(record.getInt(), record.getInt());
        long sequence = record.getLong();
        long routeId = record.getLong();
        long received = record.getLong();
        int flags = record.get();
        String session = text(record);
        String type = text(record);
        String key = text(record);
        String guild = text(record);
        @Nullable String guildId = (flags & 2) != 0 ? guild : null;
        byte[] body = new byte[record.remaining()];
        record.get(body);
        Dispatch dispatch =
                new Dispatch(shard, session, sequence, type, body, guildId, routeId, received, (flags & 1) != 0);
        return new Pending(dispatch, key, body, (flags & 4) != 0, stripe, null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void put(ByteBuffer record, byte[] text) {
        record.putInt(text.length).put(text);
    }

    private static String text(ByteBuffer record) {
        byte[] text = new byte[record.getInt()];
        record.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
