package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.broker.BrokerException;
import dev.shardline.gateway.broker.BrokerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.amqp.autoconfigure.RabbitProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

class BrokerAddressTest {
    private final RabbitProperties properties = new RabbitProperties();

    @Test
    void isThisMachineWhenNothingIsSaid() {
        BrokerSettings settings = address(null).get();
        assertThat(settings.addresses()).containsExactly(new BrokerSettings.HostPort("localhost", 5672));
        assertThat(settings.user()).isEqualTo("guest");
    }

    @Test
    void takesEverythingFromTheUri() {
        properties.setAddresses(List.of("amqp://bot:s%2Fecret@rabbit:5673/prod", "amqp://other:5674"));
        BrokerSettings settings = address(null).get();
        assertThat(settings.addresses())
                .containsExactly(
                        new BrokerSettings.HostPort("rabbit", 5673), new BrokerSettings.HostPort("other", 5674));
        assertThat(settings.user()).isEqualTo("bot");
        assertThat(settings.password()).isEqualTo("s/ecret");
        assertThat(settings.vhost()).isEqualTo("prod");
    }

    @Test
    void readsARotatedPasswordAnew(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("password");
        Files.writeString(file, "first\n");
        BrokerAddress address = address(file);
        assertThat(address.get().password()).isEqualTo("first");
        Files.writeString(file, "second\n");
        assertThat(address.get().password()).isEqualTo("second");
    }

    @Test
    void namesThePropertyAndHidesThePassword() {
        properties.setAddresses(List.of("http://bot:hunter2@rabbit"));
        assertThatThrownBy(() -> address(null))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("spring.rabbitmq.addresses: ")
                .hasMessageNotContaining("hunter2");
    }

    /** As while it is being replaced: every attempt reads it again, so that must not look like a mistake for ever. */
    @Test
    void aPasswordFileThatCannotBeReadIsARefusalOfThisAttempt(@TempDir Path directory) {
        BrokerConnections connections = new BrokerConnections(address(directory.resolve("missing")));
        assertThatThrownBy(() -> connections.open("test"))
                .isInstanceOfSatisfying(
                        BrokerException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(BrokerException.Kind.CREDENTIALS_REFUSED))
                .hasMessageContaining("cannot read")
                .hasCauseInstanceOf(ConfigurationProblem.class);
    }

    private BrokerAddress address(@Nullable Path passwordFile) {
        return BrokerAddress.of(properties, new DefaultSslBundleRegistry(), passwordFile);
    }
}
