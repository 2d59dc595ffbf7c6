package dev.shardline.sdk.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TestBroker;
import dev.shardline.contract.command.Outcome;
import dev.shardline.contract.command.Reply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("broker")
class ConnectionLossTest {
    /** Remembers its connections, so that the test can cut them. */
    private static final class Cuttable extends ConnectionFactory {
        private final ConnectionFactory real;
        private final List<Connection> opened;

        Cuttable(ConnectionFactory real, List<Connection> opened) {
            this.real = real;
            this.opened = opened;
        }

        @Override
        public Connection newConnection(String name) throws IOException, TimeoutException {
            Connection connection = real.newConnection(name);
            opened.add(connection);
            return connection;
        }
    }

    /** The answer went to the lost connection; the command comes again with the same id and is answered again. */
    @Test
    void aLostConnectionSendsTheSameCommandAgain() throws Exception {
        List<Connection> opened = new CopyOnWriteArrayList<>();
        try (TestBroker broker = TestBroker.start();
                FakeGateway gateway = new FakeGateway(broker.connectionFactory(), "cluster", "guild.*");
                GatewayCommands commands = GatewayCommands.connect(new Cuttable(broker.connectionFactory(), opened))) {
            gateway.answers((command, reply) -> {
                if (gateway.commands.size() > 1) {
                    reply.send(Reply.of(command.id(), Outcome.SENT, "again"));
                }
            });
            CompletionStage<CommandReply> reply = commands.leaveVoice(1);
            await().until(() -> gateway.commands.size() == 1);
            opened.forEach(connection -> connection.abort(100));
            assertThat(reply.toCompletableFuture()
                            .orTimeout(15, TimeUnit.SECONDS)
                            .join()
                            .text())
                    .isEqualTo("again");
            assertThat(opened).hasSize(2);
            assertThat(gateway.commands).hasSize(2);
            assertThat(gateway.commands.get(1)).isEqualTo(gateway.commands.get(0));
        }
    }
}
