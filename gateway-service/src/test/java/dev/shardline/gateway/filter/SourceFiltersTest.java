package dev.shardline.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFiltersTest {
    private static final String BOT = "938258011783356497";
    private static final String GUILD = "273230697542725728";
    private static final String STUB = "{\"unavailable\":true,\"id\":\"" + GUILD + "\"}";
    private static final String READY = "{\"v\":10,\"guilds\":[{\"id\":\"41771983423143937\",\"unavailable\":true},"
            + STUB + "],\"session_id\":\"s\"}";
    private static final String AVAILABLE =
            "{\"id\":\"" + GUILD + "\",\"unavailable\":false,\"name\":\"" + "x".repeat(300) + "\"}";

    private final SourceFilters filters = new SourceFilters(FilterSettings.NONE, BOT);

    private static FilterSettings with(
            Set<String> allow,
            Set<String> deny,
            boolean loaded,
            boolean outages,
            boolean unchanged,
            String... prefixes) {
        return new FilterSettings(allow, deny, loaded, outages, unchanged, List.of(prefixes), true, Map.of());
    }

    private static FilterSettings loaded() {
        return with(Set.of(), Set.of(), true, false, false);
    }

    private boolean wants(String type, String d) {
        return wants(type, "session", GUILD, d);
    }

    private boolean wants(String type, String session, @Nullable String guild, String d) {
        return filters.wants(new Dispatch(
                new ShardId(0, 1),
                session,
                1,
                type,
                d.getBytes(StandardCharsets.UTF_8),
                guild,
                guild == null ? 0 : Long.parseUnsignedLong(guild),
                0,
                false));
    }

    private long dropped(FilterReason reason) {
        return filters.counters().dropped(reason).sum();
    }

    @ParameterizedTest
    @ValueSource(strings = {"READY", "GUILD_CREATE", "GUILD_DELETE", "MESSAGE_UPDATE", "MESSAGE_CREATE", "NEW_EVENT"})
    void nothingIsLeftOutByDefaultAndNothingIsRead(String type) {
        assertThat(wants(type, "this is not even JSON")).isTrue();
        byte[] body = {1, 2, 3};
        assertThat(filters.trim(type, body)).isSameAs(body);
    }

    @Test
    void whatIsDeniedIsLeftOutAlsoWhenItIsAllowed() {
        filters.use(with(Set.of("MESSAGE_CREATE", "TYPING_START"), Set.of("TYPING_START"), false, false, false));
        assertThat(wants("MESSAGE_CREATE", "{}")).isTrue();
        assertThat(wants("TYPING_START", "{}")).isFalse();
        assertThat(wants("GUILD_CREATE", "{}")).isFalse();
        assertThat(dropped(FilterReason.DENIED)).isEqualTo(1);
        assertThat(dropped(FilterReason.NOT_ALLOWED)).isEqualTo(1);
    }

    @Test
    void aGuildOfReadyIsLoadedOnceAndJoinedAfterALeave() {
        filters.use(loaded());
        assertThat(wants("READY", READY)).isTrue();
        assertThat(wants("GUILD_CREATE", STUB)).as("still unavailable").isFalse();
        assertThat(wants("GUILD_CREATE", AVAILABLE)).as("loaded").isFalse();
        assertThat(wants("GUILD_DELETE", "{\"id\":\"" + GUILD + "\"}")).isTrue();
        assertThat(wants("GUILD_CREATE", AVAILABLE)).as("joined again").isTrue();
        assertThat(dropped(FilterReason.GUILD_LOADED)).isEqualTo(2);
    }

    @Test
    void aGuildThatComesBackFromAnOutageIsNoJoin() {
        filters.use(loaded());
        assertThat(wants("READY", "{\"guilds\":[]}")).isTrue();
        assertThat(wants("GUILD_DELETE", STUB))
                .as("outages pass unless they are filtered too")
                .isTrue();
        assertThat(wants("GUILD_CREATE", AVAILABLE)).isFalse();
    }

    @Test
    void aGuildThatWasLeftWhileItWasLoadingIsAJoinWhenItComes() {
        filters.use(loaded());
        assertThat(wants("READY", READY)).isTrue();
        assertThat(wants("GUILD_DELETE", "{\"id\":\"" + GUILD + "\"}")).isTrue();
        assertThat(wants("GUILD_CREATE", AVAILABLE)).isTrue();
    }

    @Test
    void aJoinIsNeverLeftOutForWantOfKnowledge() {
        assertThat(wants("READY", READY)).isTrue();
        filters.use(loaded());
        assertThat(wants("GUILD_CREATE", AVAILABLE))
                .as("READY came before the filter")
                .isTrue();
        assertThat(wants("READY", READY)).isTrue();
        assertThat(wants("GUILD_CREATE", "a newer session", GUILD, AVAILABLE)).isTrue();
        filters.use(FilterSettings.NONE);
        filters.use(loaded());
        assertThat(wants("GUILD_CREATE", AVAILABLE)).as("off and on again").isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"1\",\"unavailable\":true} | false",
                "{\"id\":\"1\",\"unavailable\":false} | true",
                "{\"id\":\"1\"} | true",
                "{\"nested\":{\"unavailable\":true},\"id\":\"1\"} | true",
            })
    void onlyAnOutageIsNotALeave(String d, boolean wanted) {
        filters.use(with(Set.of(), Set.of(), false, true, false));
        assertThat(wants("GUILD_DELETE", d)).isEqualTo(wanted);
        assertThat(dropped(FilterReason.GUILD_OUTAGE)).isEqualTo(wanted ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"1\",\"embeds\":[{\"url\":\"x\"}]} | false",
                "{\"id\":\"1\",\"content\":\"x\",\"edited_timestamp\":null} | false",
                "{\"referenced_message\":{\"edited_timestamp\":\"2026\"},\"edited_timestamp\":null} | false",
                "{\"id\":\"1\",\"edited_timestamp\":\"2026-11-24T00:00:00+00:00\"} | true",
                "{\"id\":\"1\",\"edited_timestamp\":null,\"poll\":{\"results\":{}}} | true",
                "{\"id\":\"1\",\"edited_timestamp\":null,\"poll\":null} | false",
                "{\"id\":\"1\",\"edited_timestamp\":null,\"interaction_metadata\":{}} | true",
            })
    void aMessageThatNobodyEditedIsUnchanged(String d, boolean wanted) {
        filters.use(with(Set.of(), Set.of(), false, false, true));
        assertThat(wants("MESSAGE_UPDATE", d)).isEqualTo(wanted);
        assertThat(dropped(FilterReason.MESSAGE_UNCHANGED)).isEqualTo(wanted ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"content\":\"!help\"} | true",
                "{\"content\":\"help\"} | false",
                "{\"content\":\"é> hilfe\"} | true",
                "{\"content\":\"\\u00e9> hilfe\"} | true",
                "{\"content\":\"<@938258011783356497> hi\"} | true",
                "{\"content\":\"<@!938258011783356497> hi\"} | true",
                "{\"content\":\"<@111111111111111111> hi\"} | false",
                "{\"content\":\"say <@938258011783356497>\"} | false",
                "{\"referenced_message\":{\"content\":\"!\"},\"content\":\"no\"} | false",
                "{\"content\":\"\"} | true",
                "{\"content\":null} | true",
                "{\"id\":\"1\"} | true",
            })
    void aMessageOfAGuildNeedsAPrefixUnlessItsContentIsHidden(String d, boolean wanted) {
        filters.use(with(Set.of(), Set.of(), false, false, false, "!", "é>"));
        assertThat(wants("MESSAGE_CREATE", d)).isEqualTo(wanted);
        assertThat(wants("MESSAGE_CREATE", "session", null, d))
                .as("direct messages pass")
                .isTrue();
        assertThat(wants("MESSAGE_UPDATE", d)).isTrue();
        assertThat(dropped(FilterReason.NO_PREFIX)).isEqualTo(wanted ? 0 : 1);
    }

    @Test
    void aMentionCountsOnlyWhenItIsToldTo() {
        filters.use(new FilterSettings(Set.of(), Set.of(), false, false, false, List.of("!"), false, Map.of()));
        assertThat(wants("MESSAGE_CREATE", "{\"content\":\"<@" + BOT + ">\"}")).isFalse();
    }

    @Test
    void trimmingCountsWhatItTookOutAndEveryEventHasItsOwnAndTheCommonFields() {
        filters.use(new FilterSettings(
                Set.of(),
                Set.of(),
                false,
                false,
                false,
                List.of(),
                false,
                FilterSettings.parseTrim(List.of("*:_trace", "PRESENCE_UPDATE:activities"))));
        String d = "{\"_trace\":[1],\"activities\":[],\"a\":1}";
        assertThat(trim("PRESENCE_UPDATE", d)).isEqualTo("{\"a\":1}");
        assertThat(trim("TYPING_START", d)).isEqualTo("{\"activities\":[],\"a\":1}");
        assertThat(trim("TYPING_START", "{\"a\":1}")).isEqualTo("{\"a\":1}");
        assertThat(filters.counters().trimmed.sum()).isEqualTo(2);
        assertThat(filters.counters().trimmedBytes.sum()).isEqualTo(29 + 13);
    }

    private String trim(String type, String d) {
        return new String(filters.trim(type, d.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void anEventThatThisVersionDoesNotKnowIsNamedAfterOther() {
        filters.use(with(Set.of(), Set.of("OTHER.BRAND_NEW"), false, false, false));
        assertThat(wants("BRAND_NEW", "{}")).isFalse();
        assertThat(wants("VERY_NEW", "{}")).isTrue();
        filters.use(with(Set.of(), Set.of("OTHER"), false, false, false));
        assertThat(wants("BRAND_NEW", "{}")).isFalse();
        assertThat(wants("MESSAGE_CREATE", "{}")).isTrue();
        filters.use(with(Set.of("OTHER", "TYPING_START"), Set.of("OTHER.BRAND_NEW"), false, false, false));
        assertThat(wants("VERY_NEW", "{}")).isTrue();
        assertThat(wants("BRAND_NEW", "{}")).isFalse();
        assertThat(wants("TYPING_START", "{}")).isTrue();
        assertThat(wants("MESSAGE_CREATE", "{}")).isFalse();
        // A later version knows it; what was configured must still start.
        filters.use(with(Set.of(), Set.of("OTHER.TYPING_START"), false, false, false));
        assertThat(wants("TYPING_START", "{}")).isFalse();
    }

    @Test
    void trimsWhatThisVersionDoesNotKnow() {
        filters.use(new FilterSettings(
                Set.of(),
                Set.of(),
                false,
                false,
                false,
                List.of(),
                false,
                FilterSettings.parseTrim(List.of("OTHER:a", "OTHER.BRAND_NEW:b", "*:c"))));
        String d = "{\"a\":1,\"b\":2,\"c\":3,\"d\":4}";
        assertThat(trim("VERY_NEW", d)).isEqualTo("{\"b\":2,\"d\":4}");
        assertThat(trim("BRAND_NEW", d)).isEqualTo("{\"d\":4}");
        assertThat(trim("TYPING_START", d)).isEqualTo("{\"a\":1,\"b\":2,\"d\":4}");
    }

    @Test
    void settingsAreExchangedAsAWholeAndSayWhatIsOn() {
        assertThat(filters.settings()).isEqualTo(FilterSettings.NONE).hasToString("nothing");
        FilterSettings next = with(Set.of(), Set.of("TYPING_START"), true, true, true, "!");
        assertThat(filters.use(next)).isEqualTo(FilterSettings.NONE);
        assertThat(filters.settings())
                .isEqualTo(next)
                .hasToString(
                        "deny [TYPING_START], loaded guilds, outages, unchanged messages, prefixes [!] or a mention");
        assertThat(filters.use(FilterSettings.NONE)).isEqualTo(next);
        assertThat(wants("TYPING_START", "{}")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "typing_start | MESSAGE_CREATE:a | allow must hold names of events in capitals, was \"typing_start\"",
                "TYPING_START | MESSAGE_CREATE | trim must be EVENT:path+path, was \"MESSAGE_CREATE\"",
                "TYPING_START | MESSAGE_CREATE:a..b | trim must hold 1 to 8 field names joined by dots",
                "MESAGE_CREATE | MESSAGE_CREATE:a | allow names \"MESAGE_CREATE\", which is no event of Discord's",
                "TYPING_START | MESSAGE_CREATED:a | trim names \"MESSAGE_CREATED\", which is no event of Discord's",
                "TYPING_START | message:a | trim must hold names of events in capitals, was \"message\"",
            })
    void aValueThatMakesNoSenseIsNamed(String allow, String trim, String message) {
        assertThatThrownBy(() -> new FilterSettings(
                        Set.of(allow),
                        Set.of(),
                        false,
                        false,
                        false,
                        List.of(),
                        false,
                        FilterSettings.parseTrim(List.of(trim))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
