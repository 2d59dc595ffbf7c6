package dev.shardline.gateway.broker;

import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.QueueLimits;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the limits of the groups' queues as policies of RabbitMQ, over its management interface.
 *
 * <p>Arguments of a queue are fixed when it is made. A policy can be changed while events wait in the queue, by another
 * start of the gateway as well as by hand. The policy of a group is named {@code shardline-<group>}. See RabbitMQ's
 * "Policies" and "HTTP API Reference". Safe for use by many threads; calls block.
 */
public final class QueuePolicies {
    /** Above policies that somebody made for all queues. */
    private static final int PRIORITY = 10;

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How long after a failure the limits are set again: 30 s. */
    public static final Duration RETRY = Duration.ofSeconds(30);

    private final URI management;
    private final Supplier<BrokerSettings> broker;
    private final Duration retry;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();

    /**
     * Connects to nothing yet.
     *
     * @param management such as {@code http://rabbitmq:15672}
     * @param broker who logs in, and the virtual host; asked each time
     */
    public QueuePolicies(URI management, Supplier<BrokerSettings> broker) {
        this(management, broker, RETRY);
    }

    /**
     * The same with another pause after a failure.
     *
     * @param retry see {@link #RETRY}
     */
    public QueuePolicies(URI management, Supplier<BrokerSettings> broker, Duration retry) {
        String scheme = management.getScheme();
        if (management.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException(
                    "must be http://host:port or https://host:port, was " + withoutUser(management));
        }
        this.management = management;
        this.broker = broker;
        this.retry = retry;
    }

    /** How long after a failure to try again. */
    public Duration retry() {
        return retry;
    }

    private static String withoutUser(URI uri) {
        return uri.toString().replaceAll("//[^/@]*@", "//");
    }

    /**
     * Makes or changes the policy of each group.
     *
     * @throws BrokerException when one could not be set; its message says why and what to do
     */
    public void apply(List<GroupSpec> groups) {
        BrokerSettings settings = broker.get();
        for (GroupSpec group : groups) {
            put(settings, group);
        }
    }

    private void put(BrokerSettings settings, GroupSpec group) {
        String path = "/api/policies/" + encoded(settings.vhost()) + '/' + encoded("shardline-" + group.name());
        HttpRequest request = HttpRequest.newBuilder(management.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", basic(settings))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body(group)))
                .build();
        HttpResponse<String> response;
        try {
            response = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new BrokerException(
                    BrokerException.Kind.UNREACHABLE,
                    "the limits of group " + group.name() + " cannot be set: nobody answers at "
                            + withoutUser(management) + " (shardline.broker.management-url)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(BrokerException.Kind.UNREACHABLE, "interrupted while setting limits", e);
        }
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new BrokerException(
                    BrokerException.Kind.PERMISSION,
                    "the limits of group " + group.name() + " cannot be set: user " + settings.user()
                            + " may not change policies of virtual host \"" + settings.vhost()
                            + "\"; give it the tag policymaker: rabbitmqctl set_user_tags " + settings.user()
                            + " policymaker",
                    null);
        }
        if (status >= 300) {
            throw new BrokerException(
                    BrokerException.Kind.TOPOLOGY_MISMATCH,
                    "the limits of group " + group.name() + " cannot be set: " + withoutUser(management) + " answered "
                            + status + ' ' + response.body(),
                    null);
        }
    }

    private static String body(GroupSpec group) {
        QueueLimits limits = group.limits();
        Map<String, Object> definition = new LinkedHashMap<>();
        limits.arguments().forEach((argument, value) -> definition.put(argument.substring("x-".length()), value));
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put(
                "pattern",
                "^shardline\\.group\\." + group.name().replace(".", "\\.")
                        + "\\.(express|all|[0-9]+-of-[0-9]+(-v[0-9]+)?)$");
        policy.put("definition", definition);
        policy.put("priority", PRIORITY);
        policy.put("apply-to", "quorum_queues");
        return JSON.writeValueAsString(policy);
    }

    private static String basic(BrokerSettings settings) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((settings.user() + ':' + settings.password()).getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
