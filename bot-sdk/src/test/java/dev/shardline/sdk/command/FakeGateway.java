package dev.shardline.sdk.command;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import dev.shardline.contract.Topology;
import dev.shardline.contract.command.Command;
import dev.shardline.contract.command.CommandCodec;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.RawJson;
import dev.shardline.contract.command.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Listens where a gateway does and answers what the test wants. */
final class FakeGateway implements AutoCloseable {
    final List<Command> commands = new CopyOnWriteArrayList<>();
    private final Connection connection;
    private final Channel channel;
    private volatile Script script = (command, reply) -> reply.send(Reply.of(command.id(), Outcome.SENT, "sent"));

    FakeGateway(ConnectionFactory factory, String... keys) throws Exception {
        connection = factory.newConnection("fake gateway");
        channel = connection.createChannel();
        channel.exchangeDeclare(Topology.COMMANDS_EXCHANGE, "topic", true);
        String queue = Topology.workerQueue(0);
        channel.queueDeclare(queue, true, false, false, java.util.Map.of("x-queue-type", "quorum"));
        for (String key : keys) {
            channel.queueBind(queue, Topology.COMMANDS_EXCHANGE, key);
        }
        channel.basicConsume(queue, true, (tag, delivery) -> onDelivery(delivery), tag -> {});
    }

    void answers(Script next) {
        script = next;
    }

    private void onDelivery(Delivery delivery) throws IOException {
        Command command = CommandCodec.decode(delivery.getBody());
        commands.add(command);
        script.run(
                command,
                reply -> channel.basicPublish(
                        "",
                        delivery.getProperties().getReplyTo(),
                        new AMQP.BasicProperties.Builder()
                                .correlationId(delivery.getProperties().getCorrelationId())
                                .build(),
                        CommandCodec.encode(reply)));
    }

    static Reply result(Command command, int part, boolean last, @Nullable String json) {
        return new Reply(
                command.id(),
                Outcome.RESULT,
                "here",
                null,
                part,
                last,
                List.of(),
                0,
                json == null ? null : RawJson.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    interface Script {
        void run(Command command, Answering reply) throws IOException;
    }

    interface Answering {
        void send(Reply reply) throws IOException;
    }
}
