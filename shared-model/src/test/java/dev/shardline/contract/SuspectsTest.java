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
        Suspects twice = Suspects.NONE
                .begin("a", "one", false, 1, DAY)
                .begin("b", "one", true, 2, DAY)
                .begin("a", "two", true, 3, DAY);
        assertThat(twice.earlier("a", "three")).isEqualTo(new Suspects.Note(2, 1, "two", 3));
        assertThat(twice.earlier("b", "three")).isEqualTo(new Suspects.Note(1, 1, "one", 2));
        assertThat(twice.end("a").earlier("a", "three")).isEqualTo(Suspects.Note.NONE);
        assertThat(twice.end("a").earlier("b", "three").begun()).isEqualTo(1);
        assertThat(twice.end("c")).isSameAs(twice);
        assertThat(twice.end("a").revision()).isGreaterThan(twice.revision());
    }

    @Test
    void whatTheProcessItselfHasBegunDoesNotCount() {
        Suspects once = Suspects.NONE.begin("a", "one", true, 1, DAY);
        assertThat(once.earlier("a", "one")).isEqualTo(Suspects.Note.NONE);
        Suspects again = once.begin("a", "one", true, 2, DAY);
        assertThat(again.earlier("a", "two")).isEqualTo(new Suspects.Note(1, 1, "one", 2));
        Suspects third = again.begin("a", "two", true, 3, DAY).begin("a", "two", true, 4, DAY);
        assertThat(third.earlier("a", "two").alone()).isEqualTo(1);
        assertThat(third.earlier("a", "three").alone()).isEqualTo(2);
    }

    @Test
    void whatWasNotBegunAfterAllLeavesWhatOthersHaveSeen() {
        Suspects other = Suspects.NONE.begin("a", "one", false, 1, DAY);
        Suspects both = other.begin("a", "two", true, 2, DAY);
        assertThat(both.withdraw("a", "two").earlier("a", "three").begun()).isEqualTo(1);
        assertThat(both.withdraw("a", "two").earlier("a", "three").alone()).isZero();
        assertThat(other.withdraw("a", "one").notes()).isEmpty();
        assertThat(both.withdraw("a", "one")).isSameAs(both);
        assertThat(both.withdraw("b", "two")).isSameAs(both);
    }

    @Test
    void forgetsWhatIsOld() {
        Suspects later = Suspects.NONE.begin("a", "one", true, 0, DAY).begin("b", "one", true, DAY + 1, DAY);
        assertThat(later.notes()).containsOnlyKeys("b");
        Suspects goesOn = Suspects.NONE.begin("a", "one", true, 0, DAY).begin("a", "two", true, DAY + 1, DAY);
        assertThat(goesOn.earlier("a", "three").begun())
                .as("one that goes on is not old")
                .isEqualTo(2);
    }

    @Test
    void hasABound() {
        Suspects many = Suspects.NONE;
        for (int i = 0; i < 1_500; i++) {
            many = many.begin("event-" + i, "one", true, i, DAY);
        }
        assertThat(many.notes()).hasSize(1_000).containsKey("event-1499").doesNotContainKey("event-499");
    }

    @Test
    void liesInTheQueueAsJson() {
        Suspects suspects = Suspects.NONE.begin("s:1", "one", false, 5, DAY).begin("s:1", "two", true, 6, DAY);
        assertThat(suspects.encode())
                .isEqualTo("{\"revision\":2,\"notes\":{\"s:1\":{\"begun\":2,\"alone\":1,\"by\":\"two\",\"at\":6}}}");
        assertThat(Suspects.decode(suspects.encode())).isEqualTo(suspects);
        assertThat(Suspects.decode("{\"revision\":2,\"later\":1,\"notes\":{\"s:1\":{\"begun\":2,\"at\":6,\"x\":[]}}}"))
                .as("of a version that began each alone")
                .isEqualTo(new Suspects(2, Map.of("s:1", new Suspects.Note(2, 2, "", 6))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "3"})
    void whatIsNoneSaysSo(String text) {
        assertThatThrownBy(() -> Suspects.decode(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not the suspects of a group");
    }
}
