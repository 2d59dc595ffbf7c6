package dev.shardline.gateway.broker;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker is and how to log in.
 *
 * @param addresses tried in this order on every connect; at least one
 * @param user AMQP user
 * @param password never shown
 * @param vhost virtual host
 * @param tls null for plain TCP
 * @param connectTimeout limit of the TCP and of the AMQP handshake; default 10 s
 * @param heartbeat AMQP heartbeat, 1 s or more; default 20 s, so that a dead peer is noticed within 40 s at most
 */
public record BrokerSettings(
        List<HostPort> addresses,
        String user,
        String password,
        String vhost,
        @Nullable Tls tls,
        Duration connectTimeout,
        Duration heartbeat) {

    /** One node of the broker. */
    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port;
        }
    }

    /**
     * Transport security.
     *
     * @param context null for the JVM's default trust store
     * @param verifyHostname whether the certificate must name the host; only tests have a reason to say no
     */
    public record Tls(@Nullable SSLContext context, boolean verifyHostname) {}

    /** Checks that there is an address. */
    public BrokerSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("broker addresses must name at least one host");
        }
        if (heartbeat.toSeconds() < 1) {
            throw new IllegalArgumentException("broker heartbeat must be 1 s or more, was " + heartbeat);
        }
    }

    /**
     * Reads what Spring calls {@code spring.rabbitmq.addresses}: {@code amqp://user:password@host:port/vhost},
     * {@code amqps://...} or {@code host:port}, comma separated. User, password, virtual host and scheme of the first
     * URI win over the defaults; percent-encoding is undone.
     *
     * @throws IllegalArgumentException naming the part that cannot be read, without its password
     */
    public static BrokerSettings parse(
            String addresses, String defaultUser, String defaultPassword, String defaultVhost, @Nullable Tls tls) {
        List<HostPort> hosts = new ArrayList<>();
        String user = defaultUser;
        String password = defaultPassword;
        String vhost = defaultVhost;
        Tls security = tls;
        boolean first = true;
        for (String part : addresses.split(",", -1)) {
            String text = part.strip();
            if (text.isEmpty()) {
                continue;
            }
            URI uri = uri(text.contains("://") ? text : "amqp://" + text);
            boolean secure = "amqps".equals(uri.getScheme());
            if (!secure && !"amqp".equals(uri.getScheme())) {
                throw new IllegalArgumentException(
                        "broker address must start with amqp:// or amqps://, was " + uri.getScheme() + "://");
            }
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("broker address has no host: " + withoutUser(text));
            }
            if (first) {
                if (secure && security == null) {
                    security = new Tls(null, true);
                }
                String info = uri.getRawUserInfo();
                if (info != null) {
                    int colon = info.indexOf(':');
                    user = decode(colon < 0 ? info : info.substring(0, colon));
                    password = colon < 0 ? password : decode(info.substring(colon + 1));
                }
                String path = uri.getRawPath();
                if (path != null && path.length() > 1) {
                    vhost = decode(path.substring(1));
                }
                first = false;
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : security != null ? 5671 : 5672;
            String host = uri.getHost();
            hosts.add(new HostPort(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port));
        }
        return new BrokerSettings(
                hosts, user, password, vhost, security, Duration.ofSeconds(10), Duration.ofSeconds(20));
    }

    /** Reads one or more URIs; user and password default to {@code guest}, the virtual host to {@code /}. */
    public static BrokerSettings parse(String addresses) {
        return parse(addresses, "guest", "guest", "/", null);
    }

    /** The same with other limits of time. */
    public BrokerSettings withTimes(Duration newConnectTimeout, Duration newHeartbeat) {
        return new BrokerSettings(addresses, user, password, vhost, tls, newConnectTimeout, newHeartbeat);
    }

    /** The same with other credentials. */
    public BrokerSettings withCredentials(String newUser, String newPassword) {
        return new BrokerSettings(addresses, newUser, newPassword, vhost, tls, connectTimeout, heartbeat);
    }

    @Override
    public String toString() {
        return (tls == null ? "amqp" : "amqps") + "://" + user + "@" + addresses + " vhost \"" + vhost + '"';
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            // The exception's own text repeats the input, password included.
            throw new IllegalArgumentException("broker address is not a URI (" + e.getReason() + " at character "
                    + e.getIndex() + "): " + withoutUser(text) + "; percent-encode special characters of the password");
        }
    }

    private static String withoutUser(String text) {
        return text.replaceAll("//.*@", "//***@");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
