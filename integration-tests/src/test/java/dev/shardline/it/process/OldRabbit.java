package dev.shardline.it.process;

import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;

/** Greets as a RabbitMQ of the given version does, as far as {@code connection.open-ok}, and falls silent. */
final class OldRabbit implements AutoCloseable {
    private static final int PROTOCOL_HEADER = 8;

    private final String version;
    private final ServerSocket listener;

    OldRabbit(String version) throws IOException {
        this.version = version;
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "old-rabbit");
        thread.setDaemon(true);
        thread.start();
    }

    String uri() {
        return "amqp://guest:guest@127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                greet(new DataInputStream(client.getInputStream()), new DataOutputStream(client.getOutputStream()));
            } catch (IOException e) {
                // The client has gone, or the test is over.
            }
        }
    }

    private void greet(DataInputStream in, DataOutputStream out) throws IOException {
        in.readFully(new byte[PROTOCOL_HEADER]);
        LongString plain = LongStringHelper.asLongString("PLAIN");
        LongString english = LongStringHelper.asLongString("en_US");
        Map<String, Object> properties = Map.of("product", "RabbitMQ", "version", version);
        send(out, new AMQImpl.Connection.Start(0, 9, properties, plain, english));
        Frame.readFrom(in, 1 << 20);
        send(out, new AMQImpl.Connection.Tune(100, 131_072, 60));
        Frame.readFrom(in, 1 << 20);
        Frame.readFrom(in, 1 << 20);
        send(out, new AMQImpl.Connection.OpenOk(""));
        while (Frame.readFrom(in, 1 << 20) != null) {
            // Whatever else the client says, until it goes.
        }
    }

    private static void send(DataOutputStream out, Method method) throws IOException {
        method.toFrame(0).writeTo(out);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
