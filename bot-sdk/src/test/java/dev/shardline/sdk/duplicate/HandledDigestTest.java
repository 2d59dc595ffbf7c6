package dev.shardline.sdk.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HandledDigestTest {
    private final HandledEvents mine = new HandledEvents(10_000);
    private final HandledEvents others = new HandledEvents(10_000);

    private void tell(HandledDigest.Parts digest) throws IOException {
        for (byte[] part : digest.parts()) {
            HandledDigest.merge(part, others);
        }
    }

    @Test
    void tellsExactlyWhatWasHandled() throws Exception {
        mine.add("a", 1);
        mine.add("a", 5_000_000_000L);
        mine.add("b", 1_023);
        others.add("b", 7);

        tell(HandledDigest.since(mine, 0));

        assertThat(others.contains("a", 1)).isTrue();
        assertThat(others.contains("a", 5_000_000_000L)).isTrue();
        assertThat(others.contains("b", 1_023)).isTrue();
        assertThat(others.contains("b", 7)).isTrue();
        assertThat(others.contains("a", 2)).isFalse();
        assertThat(others.contains("b", 1)).isFalse();
    }

    @Test
    void tellsOnlyWhatIsNewSinceTheLastTime() throws Exception {
        mine.add("a", 1);
        HandledDigest.Parts first = HandledDigest.since(mine, 0);
        mine.add("b", 1);

        tell(HandledDigest.since(mine, first.version()));

        assertThat(others.contains("b", 1)).isTrue();
        assertThat(others.contains("a", 1)).isFalse();
        assertThat(HandledDigest.since(mine, mine.since(0, 1).version()).parts())
                .as("one part, to say that this is all")
                .hasSize(1);
    }

    @Test
    void passesOnWhatItWasToldItself() throws Exception {
        mine.add("a", 1);
        tell(HandledDigest.since(mine, 0));
        HandledEvents third = new HandledEvents(10);

        for (byte[] part : HandledDigest.since(others, 0).parts()) {
            HandledDigest.merge(part, third);
        }

        assertThat(third.contains("a", 1)).isTrue();
    }

    @Test
    void ofVeryMuchTellsTheLatestInBoundedMessages() throws Exception {
        for (long block = 0; block < 9_000; block++) {
            mine.add("session-" + block % 50, block << 10);
        }
        HandledDigest.Parts digest = HandledDigest.since(mine, 0);

        assertThat(digest.parts()).hasSize(4).allMatch(part -> part.length <= 150_000);
        tell(digest);
        assertThat(others.contains("session-49", 8_999L << 10)).isTrue();
        assertThat(others.contains("session-0", 0)).isFalse();
    }

    @Test
    void whatIsNoDigestIsRefused() {
        assertThatThrownBy(() -> HandledDigest.merge(new byte[] {9}, others)).hasMessageContaining("format 9");
        assertThatThrownBy(() -> HandledDigest.merge(new byte[] {1, 0, 0, 0, 5}, others))
                .isInstanceOf(IOException.class);
    }
}
