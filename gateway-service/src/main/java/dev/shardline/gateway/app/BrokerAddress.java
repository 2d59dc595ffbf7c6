package dev.shardline.gateway.app;

import dev.shardline.broker.EmbeddedBroker;
import dev.shardline.gateway.broker.BrokerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.amqp.autoconfigure.RabbitProperties;
import org.springframework.boot.ssl.SslBundles;

/** Where the broker is and who we are there, read anew for every connection, so that a rotated password takes effect. */
final class BrokerAddress implements Supplier<BrokerSettings> {
    private final BrokerSettings settings;
    private final @Nullable Path passwordFile;

    private BrokerAddress(BrokerSettings settings, @Nullable Path passwordFile) {
        this.settings = settings;
        this.passwordFile = passwordFile;
    }

    static BrokerAddress of(EmbeddedBroker broker) {
        return new BrokerAddress(BrokerSettings.parse(broker.uri()), null);
    }

    static BrokerAddress of(RabbitProperties properties, SslBundles bundles, @Nullable Path passwordFile) {
        String addresses =
                properties.getAddresses() == null || properties.getAddresses().isEmpty()
                        ? properties.determineHost() + ":" + properties.determinePort()
                        : String.join(",", properties.getAddresses());
        try {
            BrokerSettings.Tls tls = null;
            RabbitProperties.Ssl ssl = properties.getSsl();
            if (ssl.determineEnabled()) {
                String bundle = ssl.getBundle();
                tls = new BrokerSettings.Tls(
                        bundle == null ? null : bundles.getBundle(bundle).createSslContext(), ssl.isVerifyHostname());
            }
            BrokerSettings settings = BrokerSettings.parse(
                    addresses,
                    properties.getUsername(),
                    properties.getPassword(),
                    properties.getVirtualHost() == null ? "/" : properties.getVirtualHost(),
                    tls);
            return new BrokerAddress(settings, passwordFile);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "spring.rabbitmq.addresses",
                    String.valueOf(e.getMessage()),
                    "Set SPRING_RABBITMQ_ADDRESSES to amqp://user:password@host:5672 (amqps:// for TLS), or use"
                            + " SHARDLINE_BROKER_MODE=embedded for a first try without a broker.",
                    e);
        }
    }

    @Override
    public BrokerSettings get() {
        Path file = passwordFile;
        if (file == null) {
            return settings;
        }
        try {
            return settings.withCredentials(
                    settings.user(), Files.readString(file).strip());
        } catch (IOException e) {
            throw new ConfigurationProblem(
                    "shardline.broker.password-file",
                    "cannot read " + file + " (" + e.getClass().getSimpleName() + ")",
                    "Make the file readable for the gateway's user, or unset the property.",
                    e);
        }
    }
}
