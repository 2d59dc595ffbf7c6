package dev.shardline.sdk.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.contract.Suspects;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuspectTurnsTest {
    private static final long DAY = 86_400_000;

    private Suspects register = Suspects.NONE;
    private SuspectTurns turns = new SuspectTurns("first", DAY);

    private void enter(String... ids) {
        for (String id : ids) {
            turns.enter(new SuspectTurns.Suspect(id, before -> {}));
        }
    }

    private List<String> update() {
        register = turns.plan(register, 1);
        return turns.written().stream().map(each -> each.suspect().messageId()).toList();
    }

    private void dies(String nextProcess) {
        turns = new SuspectTurns(nextProcess, DAY);
    }

    private Suspects.Note note(String id) {
        return register.earlier(id, "somebody who reads");
    }

    @Test
    void twiceAsManyRunAfterEachEnd() {
        enter("a", "b", "c", "d", "e", "f", "g", "h");
        assertThat(update()).containsExactly("a");
        assertThat(turns.due()).as("no place").isFalse();
        turns.leave("a");
        assertThat(update()).containsExactly("b", "c");
        turns.leave("b");
        assertThat(update()).containsExactly("d", "e", "f");
        turns.leave("c");
        assertThat(update()).containsExactly("g", "h");
        List.of("d", "e", "f", "g", "h").forEach(turns::leave);
        assertThat(turns.idle()).as("the ends are not written").isFalse();
        assertThat(update()).isEmpty();
        assertThat(register.notes()).isEmpty();
        assertThat(turns.idle()).isTrue();
    }

    @Test
    void neverMoreThanTheMostRun() {
        for (int i = 0; i < 10; i++) {
            enter("warm-" + i);
            update();
            turns.leave("warm-" + i);
        }
        for (int i = 0; i < 100; i++) {
            enter("event-" + i);
        }
        assertThat(update()).hasSize(SuspectTurns.MOST);
        assertThat(turns.due()).isFalse();
    }

    @Test
    void oneUpdateWritesAllThatIsDue() {
        enter("a", "b", "c");
        update();
        turns.leave("a");
        long revision = register.revision();
        assertThat(update()).containsExactly("b", "c");
        assertThat(register.revision()).isEqualTo(revision + 3);
        assertThat(register.notes()).containsOnlyKeys("b", "c");
    }

    @Test
    void whatHasANoteRunsAloneAndIsNotOvertaken() {
        register = register.begin("noted", "dead", false, 0, DAY);
        enter("a");
        update();
        turns.leave("a");
        enter("b", "noted", "c", "d");
        assertThat(update()).containsExactly("b");
        assertThat(turns.due()).as("b runs").isFalse();
        enter("e");
        assertThat(turns.due()).isFalse();
        turns.leave("b");
        assertThat(update()).containsExactly("noted");
        assertThat(note("noted").begun()).isEqualTo(2);
        assertThat(note("noted").alone()).isEqualTo(1);
        assertThat(turns.due()).as("alone").isFalse();
        assertThat(update()).isEmpty();
        turns.leave("noted");
        assertThat(update()).containsExactly("c", "d", "e");
        assertThat(note("noted").begun()).isZero();
    }

    @Test
    void diesOnceBesideOthersAndTwiceAlone() {
        enter("a");
        update();
        turns.leave("a");
        enter("b", "poison");
        assertThat(update()).containsExactly("b", "poison");
        dies("second");
        enter("b", "poison");
        assertThat(update()).containsExactly("b");
        turns.leave("b");
        assertThat(update()).containsExactly("poison");
        dies("third");
        enter("poison");
        assertThat(update()).containsExactly("poison");
        dies("fourth");
        enter("poison", "b");
        register = turns.plan(register, 1);
        List<SuspectTurns.Admitted> admitted = turns.written();
        assertThat(admitted).hasSize(1);
        assertThat(admitted.get(0).before()).isEqualTo(2);
        assertThat(admitted.get(0).givenUp()).isTrue();
        turns.leave("poison");
        assertThat(update())
                .as("that one was given up says nothing about others")
                .containsExactly("b");
        assertThat(register.notes()).containsOnlyKeys("b");
    }

    @Test
    void theFirstRunsAloneTooAndItCounts() {
        enter("poison");
        update();
        assertThat(note("poison").alone()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWithTheNext() {
        enter("a");
        update();
        turns.leave("a");
        enter("b", "c", "d");
        Suspects perhaps = turns.plan(register, 1);
        assertThat(turns.failed().stream().map(SuspectTurns.Suspect::messageId)).containsExactly("b", "c", "d");
        assertThat(turns.due()).isTrue();
        register = perhaps;
        assertThat(note("b").begun()).isEqualTo(1);
        enter("b");
        assertThat(update()).containsExactly("b");
        assertThat(note("b").begun()).as("its own process does not count").isEqualTo(1);
        assertThat(register.notes()).containsOnlyKeys("b");
    }

    @Test
    void whatWasNotBegunLeavesTheNotesOfOthers() {
        register = register.begin("noted", "dead", true, 0, DAY);
        enter("noted");
        turns.plan(register, 1);
        turns.failed();
        update();
        assertThat(note("noted").alone()).as("it was not written").isEqualTo(1);
        enter("noted");
        register = turns.plan(register, 1);
        turns.failed();
        assertThat(note("noted").alone()).as("it was written").isEqualTo(2);
        update();
        assertThat(note("noted").alone()).as("and taken back").isEqualTo(1);
    }

    @Test
    void aCopyWaitsForTheOther() {
        enter("a", "a");
        assertThat(update()).containsExactly("a");
        turns.leave("a");
        assertThat(update()).containsExactly("a");
        turns.leave("a");
        update();
        assertThat(register.notes()).isEmpty();
    }

    @Test
    void closingTakesBackWhatRuns() {
        enter("a", "b");
        update();
        assertThat(turns.close().stream().map(SuspectTurns.Suspect::messageId)).containsExactly("b");
        assertThat(update()).isEmpty();
        assertThat(register.notes()).isEmpty();
        turns.leave("a");
        assertThat(turns.idle()).isTrue();
    }
}
