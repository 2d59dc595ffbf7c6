package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client certificate opens the API as a token does: its subject says who it is. */
class CertificatesTest {
    private static TestCertificates certificates;
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path data, @TempDir Path keys) {
        certificates = new TestCertificates(keys);
        List<String> arguments = new ArrayList<>(List.of(certificates.bundle()));
        arguments.addAll(List.of(
                "--server.ssl.bundle=api",
                "--server.ssl.client-auth=want",
                "--shardline.api.certificates.operators.subject=cn=ops, o=Example",
                "--shardline.api.certificates.operators.role=operate",
                "--shardline.api.tokens.grafana.token=" + RunningGateway.READ));
        gateway = RunningGateway.start(data, new Class<?>[0], arguments.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void theSubjectSaysWhoItIs() throws Exception {
        HttpResponse<String> response = send(
                client("ops"),
                request("/api/v1/presence")
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString("{\"status\":\"online\"}")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void aValidCertificateOfSomebodyElseIsRefused() throws Exception {
        AdminApiTest.problem(send(client("stranger"), request("/api/v1/status")), 401, "unauthorized");
    }

    @Test
    void withoutACertificateATokenIsNeeded() throws Exception {
        AdminApiTest.problem(send(client(null), request("/api/v1/status")), 401, "unauthorized");
        assertThat(send(
                                client(null),
                                request("/api/v1/status").header("Authorization", "Bearer " + RunningGateway.READ))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(client(null), request("/actuator/health/liveness")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aPageOfAnotherSiteCannotUseABrowsersCertificate() throws Exception {
        AdminApiTest.problem(
                send(client("ops"), request("/api/v1/status").header("Origin", "https://evil.example")),
                403,
                "cross-site");
    }

    @Test
    void aWrongTokenIsNotSavedByACertificate() throws Exception {
        AdminApiTest.problem(
                send(client("ops"), request("/api/v1/status").header("Authorization", "Bearer wrong")),
                401,
                "unauthorized");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port + path));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client(@Nullable String name) throws GeneralSecurityException, IOException {
        return HttpClient.newBuilder().sslContext(certificates.client(name)).build();
    }
}
