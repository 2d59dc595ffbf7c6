package dev.shardline.sdk.address;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.AddressResolver;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ListAddressResolver;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Connects to whichever node of a cluster answers. Copies of it, which everything here makes, know the same nodes.
 */
public final class ClusterFactory extends ConnectionFactory {
    private final List<Address> nodes;

    private ClusterFactory(List<Address> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * By AMQP addresses, separated by commas. From the second one on {@code host} or {@code host:port} is enough; user,
     * password, virtual host and TLS are those of the first, and may not differ.
     *
     * @throws IllegalArgumentException when one cannot be read; never shows the password
     */
    public static ConnectionFactory of(String uris) {
        String[] each = uris.split(",", -1);
        ConnectionFactory first = read(new ConnectionFactory(), each[0].strip());
        List<Address> nodes = new ArrayList<>();
        nodes.add(new Address(first.getHost(), first.getPort()));
        for (int i = 1; i < each.length; i++) {
            nodes.add(further(each[i].strip(), first));
        }
        return read(new ClusterFactory(nodes), each[0].strip());
    }

    private static ConnectionFactory read(ConnectionFactory into, String uri) {
        if (!uri.startsWith("amqp://") && !uri.startsWith("amqps://")) {
            throw noAddress("it does not begin with amqp:// or amqps://");
        }
        try {
            into.setUri(uri);
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            // Its own message may hold the password.
            throw noAddress("a part of it cannot be read");
        }
        return into;
    }

    private static Address further(String text, ConnectionFactory first) {
        if (text.contains("://")) {
            ConnectionFactory other = read(new ConnectionFactory(), text);
            boolean plain = !text.contains("@");
            if (other.isSSL() != first.isSSL()
                    || (!plain
                            && (!other.getUsername().equals(first.getUsername())
                                    || !other.getPassword().equals(first.getPassword())))
                    || (text.indexOf('/', text.indexOf("://") + 3) >= 0
                            && !other.getVirtualHost().equals(first.getVirtualHost()))) {
                throw noAddress("user, password, virtual host and TLS of " + other.getHost() + ':' + other.getPort()
                        + " are not those of the first one");
            }
            return new Address(other.getHost(), other.getPort());
        }
        try {
            Address node = Address.parseAddress(text);
            return node.getPort() > 0 ? node : new Address(node.getHost(), first.isSSL() ? 5671 : 5672);
        } catch (IllegalArgumentException e) {
            throw noAddress("\"" + text + "\" is no host:port");
        }
    }

    private static IllegalArgumentException noAddress(String reason) {
        return new IllegalArgumentException(
                "the broker's address must be like amqp://user:password@host:5672/vhost, but " + reason);
    }

    @Override
    protected AddressResolver createAddressResolver(List<Address> given) {
        return nodes.size() > 1 ? new ListAddressResolver(nodes) : super.createAddressResolver(given);
    }
}
