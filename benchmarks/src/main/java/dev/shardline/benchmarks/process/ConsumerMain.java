package dev.shardline.benchmarks.process;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * The bot's place in a load run: consumes queues with the plain Java client and measures how old each event is.
 *
 * <p>Arguments: broker URI, then queue names. Says {@code consuming}; to each line {@code mark} it answers
 * {@code mark <events> <p50 µs> <p99 µs> <max µs>} for the time since the last one. Acknowledges every 50 deliveries at
 * once, so that it costs the machine as little as a consumer can.
 */
public final class ConsumerMain {
    private static final int PREFETCH = 500;
    private static final int ACK_EVERY = 50;

    private final Histogram ages = new Histogram(60_000_000, 3);

    private ConsumerMain() {}

    public static void main(String[] args) throws Exception {
        new ConsumerMain().run(args[0], Arrays.copyOfRange(args, 1, args.length));
    }

    private void run(String broker, String[] queues) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker);
        factory.setAutomaticRecoveryEnabled(false);
        try (Connection connection = factory.newConnection("benchmark-consumer")) {
            Channel channel = connection.createChannel();
            channel.basicQos(PREFETCH);
            for (String queue : queues) {
                channel.basicConsume(queue, false, new Reader(channel));
            }
            System.out.println("consuming");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(line + ' ' + mark());
            }
            connection.abort(1_000);
        }
    }

    private synchronized String mark() {
        String figures = ages.getTotalCount() + " " + ages.getValueAtPercentile(50) + " "
                + ages.getValueAtPercentile(99) + " " + ages.getMaxValue();
        ages.reset();
        return figures;
    }

    private synchronized void saw(long sent) {
        long age = Time.epochMicros() - sent;
        ages.recordValue(Math.max(0, Math.min(age, ages.getHighestTrackableValue())));
    }

    private final class Reader extends DefaultConsumer {
        private int sinceAck;

        Reader(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
                throws IOException {
            long sent = SentAt.find(body);
            if (sent >= 0) {
                saw(sent);
            }
            if (++sinceAck >= ACK_EVERY) {
                sinceAck = 0;
                getChannel().basicAck(envelope.getDeliveryTag(), true);
            }
        }
    }
}
