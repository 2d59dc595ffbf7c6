package dev.shardline.broker.wire;

import com.rabbitmq.client.impl.ValueReader;
import com.rabbitmq.client.impl.ValueWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** AMQP field tables as bytes. */
public final class Tables {
    private Tables() {}

    public static byte[] encode(Map<String, Object> table) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ValueWriter writer = new ValueWriter(new DataOutputStream(bytes));
            writer.writeTable(table);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode a table", e);
        }
        return bytes.toByteArray();
    }

    public static Map<String, Object> decode(byte[] bytes) {
        try {
            return new ValueReader(new DataInputStream(new ByteArrayInputStream(bytes))).readTable();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot decode a table", e);
        }
    }
}
