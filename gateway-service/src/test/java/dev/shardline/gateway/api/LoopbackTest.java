package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without credentials the API is for this machine only, on a server that listens everywhere and believes forwarding
 * headers: the worst that a deployment can do to it.
 */
class LoopbackTest {
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path data) {
        gateway = RunningGateway.start(
                data,
                new Class<?>[0],
                "--server.address=0.0.0.0",
                "--server.forward-headers-strategy=native",
                "--shardline.api.tokens.ops.token=",
                "--management.endpoints.web.exposure.include=*");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void thisMachineMayReadAndNothingElse() throws IOException {
        assertThat(gateway.send(gateway.to("/api/v1/status")).statusCode()).isEqualTo(200);
        HttpResponse<String> response = gateway.send(gateway.to("/api/v1/presence")
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"status\":\"online\"}")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
        assertThat(response.body()).contains("operate");
    }

    @Test
    void anotherMachineIsToldWhatToConfigure() throws IOException {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst();
        assumeThat(outside).as("this machine has no address but loopback").isPresent();
        String base = "http://" + outside.orElseThrow().getHostAddress() + ":" + gateway.port;
        HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(URI.create(base + "/api/v1/status")));
        assertThat(AdminApiTest.problem(response, 403, "no-credentials-configured")
                        .path("detail")
                        .asString())
                .contains("shardline.api.tokens");
        assertThat(gateway.send(HttpRequest.newBuilder(URI.create(base + "/api/v1/status"))
                                .header("X-Forwarded-For", "127.0.0.1"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.send(HttpRequest.newBuilder(URI.create(base + "/actuator/health/liveness")))
                        .statusCode())
                .as("health checks go on working")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-For, 127.0.0.1",
        "X-Forwarded-For, 203.0.113.9",
        "x-forwarded-host, localhost",
        "X-Forwarded-Proto, https",
        "Forwarded, for=127.0.0.1",
        "X-Real-IP, 127.0.0.1",
        "Via, 1.1 proxy",
        "Origin, http://evil.example",
        "Origin, http://localhost:3000",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void whatComesThroughAProxyOrFromAPageIsNotThisMachine(String header, String value) throws IOException {
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n" + header + ": " + value
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    /** What nginx sends for {@code proxy_pass http://127.0.0.1:8080}, whoever its caller is. */
    @Test
    void aProxyThatSaysNothingOfItselfIsNotThisMachine() throws IOException {
        assertThat(raw("GET /api/v1/status HTTP/1.0\r\nHost: 127.0.0.1:8080\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    /** A name that an attacker's DNS points to 127.0.0.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "203.0.113.9"})
    void anotherNameForThisMachineIsRefused(String host) throws IOException {
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]"})
    void theNamesOfThisMachineAreTaken(String host) throws IOException {
        assertThat(raw("GET /api/v1/status HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void aTokenThatIsNotConfiguredIsRefusedAllTheSame() {
        AdminApiTest.problem(gateway.send(gateway.to("/api/v1/status", RunningGateway.OPERATE)), 401, "unauthorized");
    }

    /** Even when somebody exposes everything. */
    @ParameterizedTest
    @ValueSource(strings = {"env", "configprops", "heapdump", "shutdown", "loggers", "httpexchanges"})
    void whatShowsTheInsideIsNotThere(String endpoint) {
        assertThat(gateway.send(gateway.to("/actuator/" + endpoint)).statusCode())
                .isEqualTo(404);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
