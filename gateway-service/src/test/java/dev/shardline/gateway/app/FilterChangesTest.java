package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.shardline.contract.command.RawJson;
import dev.shardline.gateway.filter.FilterSettings;
import dev.shardline.gateway.filter.SourceFilters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class FilterChangesTest {
    private static final FilterSettings CONFIGURED = new FilterSettings(
            Set.of(), Set.of("TYPING_START"), true, false, false, List.of("!"), true, Map.of("*", Set.of("_trace")));

    private final SourceFilters filters = new SourceFilters(CONFIGURED, "");
    private final FilterChanges changes = new FilterChanges(filters);

    private static ObjectNode json(String text) {
        return (ObjectNode) RawJson.of(text.getBytes(StandardCharsets.UTF_8)).tree();
    }

    @Test
    void showsEverySettingByTheNameOfItsProperty() {
        assertThat(changes.current())
                .hasToString("{\"allow\":[],\"deny\":[\"TYPING_START\"],\"loaded_guilds\":true,\"outages\":false,"
                        + "\"unchanged_messages\":false,\"prefixes\":[\"!\"],\"mention_is_prefix\":true,"
                        + "\"trim\":{\"*\":[\"_trace\"]}}");
    }

    @Test
    void changesWhatIsNamedAndNullBringsTheConfiguredValueBack() {
        changes.change(json("{\"outages\":true,\"deny\":[],\"trim\":{\"PRESENCE_UPDATE\":[\"activities\"]}}"));
        assertThat(filters.settings())
                .isEqualTo(new FilterSettings(
                        Set.of(),
                        Set.of(),
                        true,
                        true,
                        false,
                        List.of("!"),
                        true,
                        Map.of("PRESENCE_UPDATE", Set.of("activities"))));
        changes.change(json("{\"outages\":null,\"deny\":null,\"trim\":null}"));
        assertThat(filters.settings()).isEqualTo(CONFIGURED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"outages\":true,\"denied\":[]}|settings.denied is not known; known are allow, deny, ",
                "{\"outages\":true,\"deny\":\"X\"}|settings.deny must be a list of at most 500 texts, was \"X\"",
                "{\"outages\":true,\"deny\":[1]}|settings.deny[0] must be text, was 1",
                "{\"outages\":true,\"deny\":[\"typing\"]}|settings.deny must hold names of events in capitals",
                "{\"outages\":true,\"deny\":[\"TYPING_STRAT\"]}|settings.deny names \"TYPING_STRAT\", which is no event"
                        + " of Discord's gateway that this version knows; did you mean TYPING_START? Write"
                        + " OTHER.TYPING_STRAT for one that it does not know",
                "{\"outages\":true,\"allow\":[\"MESSAGES\"]}|settings.allow names \"MESSAGES\", which is no event",
                "{\"outages\":true,\"trim\":{\"X\":[\"a\"]}}|settings.trim names \"X\", which is no event",
                "{\"outages\":1}|settings.outages must be true or false, was 1",
                "{\"outages\":true,\"trim\":[]}|settings.trim must be an object of lists of paths",
                "{\"outages\":true,\"trim\":{\"READY\":[\".\"]}}|settings.trim must hold 1 to 8 field names",
            })
    void aMistakeIsNamedAndNothingOfItHolds(String change, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.change(json(change)))
                .withMessageStartingWith(message);
        assertThat(filters.settings()).isEqualTo(CONFIGURED);
    }
}
