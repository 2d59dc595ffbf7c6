package dev.shardline.broker.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/** A real RabbitMQ 4 with its management plugin: the one at {@code RABBITMQ_URL}, or a container of this JVM. */
final class RealRabbit {
    private static final int MANAGEMENT_ABOVE_AMQP = 10_000;

    private final URI amqp;
    private final URI management;
    private final String authorization;
    private final String user;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RealRabbit(URI amqp, URI management) {
        this.amqp = amqp;
        this.management = management;
        String login = amqp.getUserInfo();
        if (login == null || !login.contains(":")) {
            throw new IllegalArgumentException("RABBITMQ_URL must be amqp://user:password@host:port, was "
                    + amqp.getScheme() + "://" + amqp.getHost());
        }
        this.user = login.substring(0, login.indexOf(':'));
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    static RealRabbit shared() {
        return Holder.RABBIT;
    }

    /** Without a virtual host. */
    String uri() {
        return "amqp://" + amqp.getUserInfo() + '@' + amqp.getHost() + ':' + amqp.getPort();
    }

    URI management() {
        return management;
    }

    void addVirtualHost(String name) {
        send("PUT", "/api/vhosts/" + TestBroker.encoded(name), "{}");
        send(
                "PUT",
                "/api/permissions/" + TestBroker.encoded(name) + '/' + TestBroker.encoded(user),
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
    }

    void deleteVirtualHost(String name) {
        send("DELETE", "/api/vhosts/" + TestBroker.encoded(name), "");
    }

    private void send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + ' ' + path + " answered " + response.statusCode() + ' ' + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("RabbitMQ's management at " + management + " cannot be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static RealRabbit connect() {
        String url = System.getenv("RABBITMQ_URL");
        if (url != null && !url.isBlank()) {
            URI amqp = URI.create(url);
            return new RealRabbit(
                    amqp, URI.create("http://" + amqp.getHost() + ':' + (amqp.getPort() + MANAGEMENT_ABOVE_AMQP)));
        }
        // Stopped by Testcontainers when the JVM ends.
        RabbitMQContainer container = new RabbitMQContainer(DockerImageName.parse("rabbitmq:4-management"));
        container.start();
        String login = container.getAdminUsername() + ':' + container.getAdminPassword();
        return new RealRabbit(
                URI.create("amqp://" + login + '@' + container.getHost() + ':' + container.getAmqpPort()),
                URI.create(container.getHttpUrl()));
    }

    private static final class Holder {
        private static final RealRabbit RABBIT = connect();
    }
}
