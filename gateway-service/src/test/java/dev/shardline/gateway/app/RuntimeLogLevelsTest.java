package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.shardline.contract.command.InvalidCommandException;
import dev.shardline.gateway.api.Audit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;

class RuntimeLogLevelsTest {
    private final RuntimeLogLevels levels =
            new RuntimeLogLevels(LoggingSystem.get(RuntimeLogLevelsTest.class.getClassLoader()));

    @ParameterizedTest
    @CsvSource({
        "shardline.audit, OFF", "shardline.audit, WARN",
        "org.apache.coyote, DEBUG", "org.apache.coyote.http11, TRACE"
    })
    void noCallerCanEndTheAuditLogOrHaveTokensWritten(String logger, String level) {
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> levels.set(logger, level))
                .withMessageContaining(logger.startsWith("org") ? "org.apache.coyote" : Audit.LOGGER);
    }

    /** Else a level of ROOT would do what is refused for the loggers themselves. */
    @Test
    void theGuardedLoggersInheritNoLevel() throws Exception {
        PropertySource<?> configuration = new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("src/main/resources/application.yaml"))
                .get(0);
        assertThat(configuration.getProperty("logging.level." + Audit.LOGGER)).isEqualTo("INFO");
        assertThat(configuration.getProperty("logging.level.org.apache.coyote")).isEqualTo("WARN");
    }
}
