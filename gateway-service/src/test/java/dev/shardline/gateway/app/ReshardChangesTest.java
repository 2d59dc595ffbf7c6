package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.identify.GatewayInfo;
import dev.shardline.gateway.identify.SessionStartLimit;
import dev.shardline.gateway.reshard.GrowingPolicy;
import dev.shardline.gateway.reshard.GuildCounts;
import dev.shardline.gateway.reshard.ReshardAdvisor;
import dev.shardline.gateway.reshard.ReshardRules;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.ManualTimers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** The settings of resharding, as properties and as JSON. */
class ReshardChangesTest {
    private final ReshardAdvisor advisor = new ReshardAdvisor(
            new ReshardAdvisor.Ports(
                    () -> new GatewayInfo("", 1, new SessionStartLimit(1000, 1000, Duration.ZERO, 1)),
                    new GuildCounts(dispatch -> {}),
                    new GrowingPolicy(),
                    limit -> 0,
                    new ControllerFailures(),
                    new ManualTimers(),
                    Runnable::run),
            Duration.ofSeconds(5),
            ReshardRules.DEFAULTS);
    private final ReshardChanges changes = new ReshardChanges(advisor);

    private static ObjectNode json(String text) {
        return (ObjectNode) RawJson.of(text.getBytes(StandardCharsets.UTF_8)).tree();
    }

    @Test
    void changesWhatIsNamedAndNullBringsTheConfiguredValueBack() {
        changes.change(json("{\"mode\":\"off\",\"check_interval\":\"PT90S\"}"));
        assertThat(advisor.rules())
                .isEqualTo(new ReshardRules(ReshardRules.Mode.OFF, 0.8, 0.5, 2500, Duration.ofSeconds(90)));
        assertThat(changes.current())
                .hasToString("{\"mode\":\"off\",\"threshold\":0.8,\"target\":0.5,\"guilds_per_shard\":2500,"
                        + "\"check_interval\":\"90000ms\"}");
        changes.change(json("{\"mode\":null,\"check_interval\":null}"));
        assertThat(advisor.rules()).isEqualTo(ReshardRules.DEFAULTS);
        changes.change(changes.current());
        assertThat(advisor.rules()).isEqualTo(ReshardRules.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"mode\":\"off\",\"treshold\":1}|settings.treshold is not known; known are check_interval, ",
                "{\"mode\":\"auto\"}|settings.mode must be off or advise, was \"auto\"",
                "{\"mode\":7}|settings.mode must be off or advise, was 7",
                "{\"mode\":\"off\",\"threshold\":\"80%\"}|settings.threshold must be a number, was \"80%\"",
                "{\"mode\":\"off\",\"threshold\":80}|settings.threshold must be above 0 up to 1, was 80.0",
                "{\"mode\":\"off\",\"target\":0.9}|settings.target must be above 0 and below the threshold of 0.8, was",
                "{\"mode\":\"off\",\"guilds_per_shard\":1.5}|settings.guilds_per_shard must be a whole number, was 1.5",
                "{\"mode\":\"off\",\"guilds_per_shard\":5000}|settings.guilds_per_shard must be 1 to 2500, was 5000",
                "{\"mode\":\"off\",\"check_interval\":\"soon\"}|settings.check_interval must be a duration, such as",
                "{\"mode\":\"off\",\"check_interval\":60}|settings.check_interval must be a duration, such as 30m",
                "{\"mode\":\"off\",\"check_interval\":\"5s\"}|settings.check_interval must be 1m to 7d, was 5s",
            })
    void aMistakeIsNamedAndNothingOfItHolds(String change, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.change(json(change)))
                .withMessageStartingWith(message);
        assertThat(advisor.rules()).isEqualTo(ReshardRules.DEFAULTS);
    }

    @Test
    void aPropertyOutOfRangeIsNamedWithItsValueAndTheMend() {
        ConfigurationProblem problem = catchThrowableOfType(
                ConfigurationProblem.class,
                () -> new ShardlineProperties.Reshard(ReshardRules.Mode.ADVISE, 0.8, 0.5, 2500, Duration.ofSeconds(5)));
        assertThat(problem.property()).isEqualTo("shardline.reshard.check-interval");
        assertThat(problem).hasMessage("shardline.reshard.check-interval: must be 1m to 7d, was 5s");
        assertThat(problem.mend()).contains("docs/configuration.md");
    }
}
