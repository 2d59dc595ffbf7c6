package dev.shardline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.ledger.AuditReport;
import dev.shardline.simulator.ledger.Marker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gateway client of discord.js decides whether the simulator is Discord. Needs Node 20 or newer and npm. */
class DiscordJsWsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SOURCE = Path.of("src/test/js");
    private static final Path WORK = Path.of("target/js");

    private static boolean succeeds(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target/js-command.log").toFile())
                    .start();
            return process.waitFor(4, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void logsInGetsEventsAndResumesAfterOp7AndADroppedSocket() throws Exception {
        Files.createDirectories(WORK);
        assumeThat(succeeds(WORK, "node", "--version"))
                .as("Node is not installed, so the discord.js client was not tried")
                .isTrue();
        Files.copy(SOURCE.resolve("package.json"), WORK.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(SOURCE.resolve("client.mjs"), WORK.resolve("client.mjs"), StandardCopyOption.REPLACE_EXISTING);
        assumeThat(succeeds(WORK, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock"))
                .as("npm install of @discordjs/ws failed, see target/js-command.log")
                .isTrue();
        try (DiscordSimulator discord = DiscordSimulator.builder()
                .guilds(4)
                .recommendedShards(2)
                .maxConcurrency(2)
                .start()) {
            Audit audit = discord.ledger().audit();
            List<String> output = new CopyOnWriteArrayList<>();
            Process node = new ProcessBuilder("node", "client.mjs", discord.baseUrl() + "/api", discord.token())
                    .directory(WORK.toFile())
                    .redirectErrorStream(true)
                    .start();
            Thread reader = new Thread(() -> read(node, audit, output), "node-output");
            reader.start();
            try {
                await().atMost(PATIENCE).until(() -> discord.stats().identifies() == 2);
                discord.load().generate(200, 1000).get();
                await().atMost(PATIENCE).until(audit::complete);

                discord.requestReconnect(ShardFilter.all(), null);
                await().atMost(PATIENCE).until(() -> discord.stats().resumes() == 2);
                discord.load().generate(200, 1000).get();
                await().atMost(PATIENCE).until(audit::complete);

                discord.resetConnections(ShardFilter.of(1));
                discord.load().burst(50);
                await().atMost(PATIENCE).until(() -> discord.stats().resumes() == 3);
                await().atMost(PATIENCE).until(audit::complete);

                AuditReport report = audit.report();
                assertThat(report.clean()).as(report + " " + output).isTrue();
                assertThat(discord.stats().identifies()).isEqualTo(2);
            } finally {
                node.destroy();
                reader.join(5_000);
            }
        }
    }

    private static void read(Process node, Audit audit, List<String> output) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith("MARK ")) {
                    audit.saw(Marker.find(line));
                } else if (output.size() < 50) {
                    output.add(line);
                }
            }
        } catch (IOException e) {
            output.add("output ended: " + e);
        }
    }
}
