package dev.shardline.gateway.command;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Any AMQP client: sends bytes, gets replies by direct reply-to. */
final class RawCaller implements AutoCloseable {
    static final String REPLY_TO = "amq.rabbitmq.reply-to";

    final List<Reply> replies = new CopyOnWriteArrayList<>();
    final Channel channel;
    private final Connection connection;

    RawCaller(ConnectionFactory factory) throws Exception {
        connection = factory.newConnection("raw caller");
        channel = connection.createChannel();
        channel.exchangeDeclare(Topology.COMMANDS_EXCHANGE, "topic", true);
        channel.basicConsume(
                REPLY_TO,
                true,
                (tag, delivery) -> replies.add(CommandCodec.decodeReply(delivery.getBody())),
                tag -> {});
    }

    void send(Command command) throws Exception {
        send(command.target().routingKey(), CommandCodec.encode(command));
    }

    void send(String routingKey, byte[] body) throws Exception {
        channel.basicPublish(
                Topology.COMMANDS_EXCHANGE,
                routingKey,
                new AMQP.BasicProperties.Builder()
                        .deliveryMode(2)
                        .replyTo(REPLY_TO)
                        .build(),
                body);
    }

    long messages(String queue) throws Exception {
        return channel.messageCount(queue);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
