package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.Method;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Handshake, negotiation, and what becomes of a client that does not keep to the protocol. */
class ProtocolConformanceTest extends Conformance {
    private static final byte[] HEADER = {'A', 'M', 'Q', 'P', 0, 0, 9, 1};

    @Test
    void offersWhatClientsLookFor() {
        Map<?, ?> capabilities = (Map<?, ?>) java.util.Objects.requireNonNull(
                connection().getServerProperties().get("capabilities"));
        for (String each : new String[] {
            "publisher_confirms", "exchange_exchange_bindings", "basic.nack", "consumer_cancel_notify",
            "connection.blocked", "consumer_priorities", "authentication_failure_close", "per_consumer_qos",
            "direct_reply_to"
        }) {
            assertThat(capabilities.get(each)).as(each).isEqualTo(true);
        }
    }

    @Test
    void negotiatesTheLimitsOfRabbitMq() {
        assertThat(connection().getChannelMax()).isEqualTo(2047);
        assertThat(connection().getFrameMax()).isEqualTo(131_072);
        assertThat(connection().getHeartbeat()).isEqualTo(60);
    }

    @Test
    void keepsToASmallerFrame() throws Exception {
        ConnectionFactory factory = broker().connectionFactory();
        factory.setRequestedFrameMax(8_192);
        try (Connection small = factory.newConnection()) {
            String queue = queue(CLASSIC);
            var channel = small.createChannel();
            channel.basicPublish("", queue, null, new byte[50_000]);
            assertThat(hold(channel, queue).getBody()).hasSize(50_000);
            assertThat(small.getFrameMax()).isEqualTo(8_192);
        }
    }

    @Test
    void refusesAWrongPassword() {
        ConnectionFactory factory = broker().connectionFactory();
        factory.setPassword("wrong");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(factory::newConnection))
                .isInstanceOf(PossibleAuthenticationFailureException.class)
                .hasMessageContaining("ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN. For"
                        + " details see the broker logfile.");
    }

    @Test
    void answersAnUnknownProtocolHeaderWithItsOwn() throws Exception {
        try (Raw raw = new Raw()) {
            raw.out.write("GET / HTTP/1.1\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            raw.out.flush();
            assertThat(raw.in.readNBytes(4)).isEqualTo(new byte[] {'A', 'M', 'Q', 'P'});
        }
    }

    @Test
    void anUnopenedChannelIsAChannelError() throws Exception {
        try (Raw raw = new Raw()) {
            raw.open();
            raw.send(7, new AMQP.Basic.Qos.Builder().build());
            assertThat(raw.closeCode()).isEqualTo(504);
        }
    }

    @Test
    void aChannelOpenedTwiceIsAChannelError() throws Exception {
        try (Raw raw = new Raw()) {
            raw.open();
            raw.send(1, new AMQP.Channel.Open.Builder().build());
            raw.read();
            raw.send(1, new AMQP.Channel.Open.Builder().build());
            assertThat(raw.closeCode()).isEqualTo(504);
        }
    }

    @Test
    void aMissingFrameEndIsAFrameError() throws Exception {
        try (Raw raw = new Raw()) {
            raw.open();
            raw.out.write(new byte[] {8, 0, 0, 0, 0, 0, 0, 0});
            raw.out.flush();
            assertThat(raw.closeCode()).isEqualTo(501);
        }
    }

    @Test
    void aFrameThatIsTooLargeIsAFrameError() throws Exception {
        try (Raw raw = new Raw()) {
            raw.open();
            raw.out.write(new byte[] {1, 0, 1, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            raw.out.flush();
            assertThat(raw.closeCode()).isEqualTo(501);
        }
    }

    @Test
    void aMethodWhereContentIsDueIsUnexpected() throws Exception {
        try (Raw raw = new Raw()) {
            raw.openChannel();
            raw.send(1, new AMQP.Basic.Publish.Builder().routingKey("k").build());
            raw.send(1, new AMQP.Basic.Qos.Builder().build());
            assertThat(raw.closeCode()).isEqualTo(505);
        }
    }

    @Test
    void contentWhereAMethodIsDueIsUnexpected() throws Exception {
        try (Raw raw = new Raw()) {
            raw.openChannel();
            new Frame(AMQP.FRAME_BODY, 1, new byte[] {1, 2, 3}).writeTo(raw.out);
            raw.out.flush();
            assertThat(raw.closeCode()).isEqualTo(505);
        }
    }

    @Test
    void aMethodOfUnknownClassEndsTheConnection() throws Exception {
        try (Raw raw = new Raw()) {
            raw.openChannel();
            new Frame(AMQP.FRAME_METHOD, 1, new byte[] {0, 99, 0, 99}).writeTo(raw.out);
            raw.out.flush();
            assertThat(raw.refused()).isTrue();
        }
    }

    @Test
    void aChannelMaxAboveTheLimitIsNotAllowed() throws Exception {
        try (Raw raw = new Raw()) {
            raw.login();
            raw.send(
                    0,
                    new AMQP.Connection.TuneOk.Builder()
                            .channelMax(4_000)
                            .frameMax(131_072)
                            .build());
            assertThat(raw.refused()).isTrue();
        }
    }

    @Test
    void aFrameMaxAboveTheLimitIsNotAllowed() throws Exception {
        try (Raw raw = new Raw()) {
            raw.login();
            raw.send(
                    0,
                    new AMQP.Connection.TuneOk.Builder()
                            .channelMax(100)
                            .frameMax(1 << 20)
                            .build());
            assertThat(raw.refused()).isTrue();
        }
    }

    @Test
    void moreChannelsThanNegotiatedAreNotAllowed() throws Exception {
        try (Raw raw = new Raw()) {
            raw.login();
            raw.send(
                    0,
                    new AMQP.Connection.TuneOk.Builder()
                            .channelMax(2)
                            .frameMax(131_072)
                            .build());
            raw.send(
                    0,
                    new AMQP.Connection.Open.Builder()
                            .virtualHost(broker().virtualHost())
                            .build());
            raw.read();
            for (int channel = 1; channel <= 2; channel++) {
                raw.send(channel, new AMQP.Channel.Open.Builder().build());
                assertThat(raw.read()).isInstanceOf(AMQP.Channel.OpenOk.class);
            }
            raw.send(3, new AMQP.Channel.Open.Builder().build());
            assertThat(raw.closeCode()).isEqualTo(530);
        }
    }

    @Test
    void aClosedChannelNumberCanBeOpenedAgain() throws Exception {
        try (Raw raw = new Raw()) {
            raw.openChannel();
            raw.send(1, new AMQP.Channel.Close.Builder().replyCode(200).build());
            assertThat(raw.read()).isInstanceOf(AMQP.Channel.CloseOk.class);
            raw.send(1, new AMQP.Channel.Open.Builder().build());
            assertThat(raw.read()).isInstanceOf(AMQP.Channel.OpenOk.class);
        }
    }

    @Test
    void aChannelClosedByTheBrokerIgnoresWhatComesBeforeTheAnswer() throws Exception {
        try (Raw raw = new Raw()) {
            raw.openChannel();
            raw.send(1, new AMQP.Basic.Get.Builder().queue("missing").build());
            raw.send(1, new AMQP.Basic.Get.Builder().queue("missing").build());
            raw.send(1, new AMQP.Basic.Ack.Builder().deliveryTag(1).build());
            assertThat(raw.read()).isInstanceOf(AMQP.Channel.Close.class);
            raw.send(1, new AMQP.Channel.CloseOk.Builder().build());
            raw.send(1, new AMQP.Channel.Open.Builder().build());
            assertThat(raw.read()).isInstanceOf(AMQP.Channel.OpenOk.class);
        }
    }

    @Test
    void aDeadClientIsNoticedAfterTwoMissedHeartbeats() throws Exception {
        try (Raw raw = new Raw()) {
            raw.login();
            raw.send(
                    0,
                    new AMQP.Connection.TuneOk.Builder()
                            .channelMax(10)
                            .frameMax(131_072)
                            .heartbeat(1)
                            .build());
            raw.send(
                    0,
                    new AMQP.Connection.Open.Builder()
                            .virtualHost(broker().virtualHost())
                            .build());
            raw.read();
            int heartbeats = 0;
            for (Frame frame = raw.frame(); frame != null; frame = raw.frame()) {
                assertThat(frame.type).isEqualTo(AMQP.FRAME_HEARTBEAT);
                heartbeats++;
            }
            assertThat(heartbeats).isPositive();
        }
    }

    /** A client that writes what it likes. */
    private final class Raw implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Raw() throws IOException {
            ConnectionFactory factory = broker().connectionFactory();
            socket = new Socket(factory.getHost(), factory.getPort());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(new java.io.BufferedOutputStream(socket.getOutputStream()));
        }

        void login() throws IOException {
            out.write(HEADER);
            out.flush();
            assertThat(read()).isInstanceOf(AMQP.Connection.Start.class);
            send(
                    0,
                    new AMQP.Connection.StartOk.Builder()
                            .clientProperties(Map.of())
                            .mechanism("PLAIN")
                            .response(LongStringHelper.asLongString("\0guest\0guest"))
                            .locale("en_US")
                            .build());
            assertThat(read()).isInstanceOf(AMQP.Connection.Tune.class);
        }

        void open() throws IOException {
            login();
            send(
                    0,
                    new AMQP.Connection.TuneOk.Builder()
                            .channelMax(100)
                            .frameMax(131_072)
                            .build());
            send(
                    0,
                    new AMQP.Connection.Open.Builder()
                            .virtualHost(broker().virtualHost())
                            .build());
            assertThat(read()).isInstanceOf(AMQP.Connection.OpenOk.class);
        }

        void openChannel() throws IOException {
            open();
            send(1, new AMQP.Channel.Open.Builder().build());
            assertThat(read()).isInstanceOf(AMQP.Channel.OpenOk.class);
        }

        void send(int channel, com.rabbitmq.client.Method method) throws IOException {
            ((Method) method).toFrame(channel).writeTo(out);
            out.flush();
        }

        Method read() throws IOException {
            Frame frame = frame();
            if (frame == null) {
                throw new IOException("the broker closed the socket");
            }
            return AMQImpl.readMethodFrom(frame.getInputStream());
        }

        @org.jspecify.annotations.Nullable
        Frame frame() throws IOException {
            try {
                return Frame.readFrom(in, 1 << 20);
            } catch (java.io.EOFException | java.net.SocketException e) {
                return null;
            }
        }

        int closeCode() throws IOException {
            return ((AMQP.Connection.Close) read()).getReplyCode();
        }

        /** Whether the connection ends, with or without a word. */
        boolean refused() throws IOException {
            Frame frame = frame();
            return frame == null || AMQImpl.readMethodFrom(frame.getInputStream()) instanceof AMQP.Connection.Close;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
