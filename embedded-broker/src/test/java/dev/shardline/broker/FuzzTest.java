package dev.shardline.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.MessageProperties;
import com.rabbitmq.client.impl.AMQBasicProperties;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged conversations: each ends, or is understood, and no other client notices. */
class FuzzTest {
    private static final int CONVERSATIONS = 3_000;
    private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

    @Test
    @Timeout(180)
    void damagedBytesHurtNobodyElse() throws Exception {
        Random random = new Random(20_240_607);
        try (EmbeddedBroker broker = EmbeddedBroker.builder().start();
                Connection bystander = DurabilityTest.factory(broker.port()).newConnection();
                Channel channel = bystander.createChannel()) {
            channel.queueDeclare("bystander", true, false, false, null);
            channel.confirmSelect();
            byte[] valid = conversation();
            for (int i = 0; i < CONVERSATIONS; i++) {
                converse(broker.port(), damaged(valid, random));
                if (i % 500 == 0) {
                    channel.basicPublish("", "bystander", MessageProperties.MINIMAL_BASIC, new byte[] {1});
                    assertThat(channel.waitForConfirms(10_000)).isTrue();
                }
            }
            assertThat(channel.messageCount("bystander")).isEqualTo(CONVERSATIONS / 500);
        }
    }

    /** A whole session, without waiting for answers. */
    private static byte[] conversation() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(HEADER);
        for (var method : List.<com.rabbitmq.client.Method>of(
                new AMQP.Connection.StartOk.Builder()
                        .clientProperties(Map.of("product", "fuzz"))
                        .mechanism("PLAIN")
                        .response(LongStringHelper.asLongString("\0guest\0guest"))
                        .locale("en_US")
                        .build(),
                new AMQP.Connection.TuneOk.Builder()
                        .channelMax(10)
                        .frameMax(131_072)
                        .build(),
                new AMQP.Connection.Open.Builder().virtualHost("/").build())) {
            ((Method) method).toFrame(0).writeTo(out);
        }
        for (var method : List.<com.rabbitmq.client.Method>of(
                new AMQP.Channel.Open.Builder().build(),
                new AMQP.Confirm.Select.Builder().build(),
                new AMQP.Queue.Declare.Builder()
                        .queue("fuzz")
                        .durable(true)
                        .arguments(Map.of("x-queue-type", "quorum", "x-max-length", 10))
                        .build(),
                new AMQP.Queue.Bind.Builder()
                        .queue("fuzz")
                        .exchange("amq.topic")
                        .routingKey("a.#")
                        .build(),
                new AMQP.Basic.Consume.Builder().queue("fuzz").consumerTag("t").build(),
                new AMQP.Basic.Publish.Builder()
                        .exchange("amq.topic")
                        .routingKey("a.b")
                        .build())) {
            ((Method) method).toFrame(1).writeTo(out);
        }
        AMQBasicProperties properties = new AMQP.BasicProperties.Builder()
                .headers(Map.of("h", 1, "t", "text"))
                .expiration("1000")
                .messageId("m")
                .build();
        properties.toFrame(1, 5).writeTo(out);
        Frame.fromBodyFragment(1, new byte[] {1, 2, 3, 4, 5}, 0, 5).writeTo(out);
        ((Method) new AMQP.Basic.Nack.Builder().deliveryTag(1).requeue(true).build())
                .toFrame(1)
                .writeTo(out);
        ((Method) new AMQP.Basic.Ack.Builder().deliveryTag(2).build())
                .toFrame(1)
                .writeTo(out);
        ((Method) new AMQP.Connection.Close.Builder().replyCode(200).build())
                .toFrame(0)
                .writeTo(out);
        return bytes.toByteArray();
    }

    private static byte[] damaged(byte[] valid, Random random) {
        byte[] bytes = valid.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static void converse(int port, byte[] bytes) throws IOException {
        try (Socket socket = new Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4_096];
            while (in.read(buffer) >= 0) {
                // Whatever the broker says; it ends the connection once it has read ours to its end.
            }
        } catch (java.net.SocketException | java.net.SocketTimeoutException e) {
            assertThat(e).isNotNull();
        }
    }
}
