package dev.shardline.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void measuresTheFloorFirstAndBothRates() {
        Options options = Options.of("--rates=1000,3000");
        assertThat(options.targets())
                .containsExactly(Target.Kind.FLOOR, Target.Kind.GATEWAY_ONE_QUEUE, Target.Kind.GATEWAY);
        assertThat(options.rates()).isEqualTo(List.of(1_000, 3_000));
        assertThat(options.write()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--targets=ceiling",
                "--rates=fast",
                "--rates=-1",
                "--compression=gzip",
                "--queue-type=stream",
                "--ramp-factor=1",
                "--speed=1",
                "write"
            })
    void namesTheArgumentThatItCannotUse(String argument) {
        assertThatThrownBy(() -> Options.of(argument))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(argument.replaceAll("^(--ramp-factor|--rates).*", "$1"));
    }

    @Test
    void theGatewayRunsWithTheCollectorOfItsImage() throws IOException {
        String image = Files.readString(Path.of("..", "deploy", "gateway", "Dockerfile"));
        assertThat(image).contains("-XX:+UseSerialGC");
        assertThat(Options.of().gatewayJvm()).contains("-XX:+UseSerialGC");
    }

    @Test
    void theDocumentationListsEveryOption() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "benchmarks.md"));
        assertThat(Options.names())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page).contains("`--" + name + "="));
    }
}
