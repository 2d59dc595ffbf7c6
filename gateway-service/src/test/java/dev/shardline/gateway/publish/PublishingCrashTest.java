package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.broker.testing.TcpProxy;
import dev.shardline.broker.testing.TestBroker;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process dies without a word; the next one RESUMEs from the checkpoint, as Discord's replay would serve it. */
@Tag("broker")
class PublishingCrashTest {
    @TempDir
    Path directory;

    @Test
    void aCrashWhileTheSpoolFillsAndAnotherWhileItDrainsLoseNothingAndKeepOrder() throws Exception {
        try (TestBroker broker = TestBroker.start();
                TcpProxy nobody = TcpProxy.to("127.0.0.1", 1)) {
            nobody.refuse();
            ConnectionFactory factory = broker.connectionFactory();
            try (Rig rig =
                    new Rig(directory.resolve("other"), () -> Rig.at(factory, factory.getPort()), Rig.settings())) {
                rig.publishing.start(); // declares the group, so that nothing is unroutable
            }
            try (EventAudit audit = EventAudit.consume(factory, Rig.GROUP)) {
                String away = "amqp://127.0.0.1:" + nobody.port();
                crash(away, 2_000, "spooled", 1_500);
                crash(away, 4_000, "spooled", 5_000);
                crash(broker.uri(), 5_000, "confirmed", 3_000);
                crash(broker.uri(), 5_000, "confirmed", 2_000);
                try (Rig rig = new Rig(directory, () -> Rig.at(factory, factory.getPort()), Rig.settings())) {
                    rig.publishing.start();
                    rig.sendUpTo(6_000);
                    rig.assertAllArrived(audit);
                }
            }
        }
    }

    private void crash(String uri, int events, String what, int enough) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CrashingGateway.class.getName(),
                        directory.toString(),
                        uri,
                        Integer.toString(events),
                        what,
                        Integer.toString(enough))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("child.log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the child died").isTrue();
        assertThat(process.exitValue()).isEqualTo(9);
    }
}
