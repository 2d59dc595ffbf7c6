package dev.shardline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuspectsTest {
    private static final long DAY = 86_400_000;

    @Test
    void countsWhatWasBegunUntilItHasEnded() {
        Suspects twice = Suspects.NONE.begin("a", 1, DAY).begin("b", 2, DAY).begin("a", 3, DAY);
        assertThat(twice.begun("a")).isEqualTo(2);
        assertThat(twice.begun("b")).isEqualTo(1);
        assertThat(twice.end("a").begun("a")).isZero();
        assertThat(twice.end("a").begun("b")).isEqualTo(1);
        assertThat(twice.end("c")).isSameAs(twice);
        assertThat(twice.end("a").revision()).isGreaterThan(twice.revision());
    }

    @Test
    void forgetsWhatIsOld() {
        Suspects later = Suspects.NONE.begin("a", 0, DAY).begin("b", DAY + 1, DAY);
        assertThat(later.notes()).containsOnlyKeys("b");
        assertThat(Suspects.NONE.begin("a", 0, DAY).begin("a", DAY + 1, DAY).begun("a"))
                .as("one that goes on is not old")
                .isEqualTo(2);
    }

    @Test
    void hasABound() {
        Suspects many = Suspects.NONE;
        for (int i = 0; i < 1_500; i++) {
            many = many.begin("event-" + i, i, DAY);
        }
        assertThat(many.notes()).hasSize(1_000).containsKey("event-1499").doesNotContainKey("event-499");
    }

    @Test
    void liesInTheQueueAsJson() {
        Suspects suspects = Suspects.NONE.begin("s:1", 5, DAY).begin("s:1", 6, DAY);
        assertThat(suspects.encode()).isEqualTo("{\"revision\":2,\"notes\":{\"s:1\":{\"begun\":2,\"at\":6}}}");
        assertThat(Suspects.decode(suspects.encode())).isEqualTo(suspects);
        assertThat(Suspects.decode("{\"revision\":2,\"later\":1,\"notes\":{\"s:1\":{\"begun\":2,\"at\":6,\"x\":[]}}}"))
                .isEqualTo(new Suspects(2, Map.of("s:1", new Suspects.Note(2, 6))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "3"})
    void whatIsNoneSaysSo(String text) {
        assertThatThrownBy(() -> Suspects.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the suspects of a group");
    }
}
