package dev.shardline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupLayoutTest {
    private static final GroupLayout FIRST = GroupLayout.first(16, Set.of("MESSAGE_CREATE"));

    @Test
    void isReadBackAsItWasWritten() {
        GroupLayout layout = FIRST.changed(4, 1_000).cut(2_000).subscribed(Set.of("TYPING_START"));
        assertThat(GroupLayout.decode(layout.encode())).isEqualTo(layout);
    }

    @Test
    void whatALaterVersionAddsIsLeftAlone() {
        assertThat(GroupLayout.decode("{\"new\":[1]," + FIRST.encode().substring(1)))
                .isEqualTo(FIRST);
    }

    @Test
    void keepsItsBirthOverEveryChangeAndAnotherBrokerIsAnotherBirth() {
        GroupLayout layout = FIRST.subscribed(Set.of("TYPING_START"))
                .changed(4, 1_000)
                .cut(2_000)
                .finished();
        assertThat(layout.born()).isEqualTo(FIRST.born()).isNotZero();
        assertThat(layout.reborn().born()).isNotEqualTo(layout.born());
        assertThat(layout.reborn().revision()).isEqualTo(layout.revision());
        assertThat(GroupLayout.first(16, Set.of("MESSAGE_CREATE"))).isNotEqualTo(FIRST);
        assertThat(GroupLayout.decode(FIRST.encode().replaceAll("\"born\":-?[0-9]+,", ""))
                        .born())
                .as("of a version before")
                .isZero();
    }

    @Test
    void saysWhatItCannotRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupLayout.decode("{\"partitions\":99}"))
                .withMessageContaining("{\"partitions\":99}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupLayout.decode("hello"))
                .withMessageContaining("hello");
    }

    @Test
    void eachChangeIsANewRevisionAndOnlyANewCountANewGeneration() {
        GroupLayout changed = FIRST.changed(4, 1_000);
        assertThat(changed.generation()).isEqualTo(2);
        assertThat(changed.former()).isEqualTo(16);
        GroupLayout finished = changed.cut(2_000).finished();
        assertThat(finished.changing()).isFalse();
        assertThat(finished.generation()).isEqualTo(2);
        assertThat(finished.revision()).isEqualTo(4);
        assertThat(finished.subscribed(Set.of("MESSAGE_CREATE"))).isSameAs(finished);
        assertThat(finished.subscribed(Set.of("TYPING_START")).revision()).isEqualTo(5);
    }

    @Test
    void oneChangeAtATime() {
        assertThatIllegalStateException()
                .isThrownBy(() -> FIRST.changed(4, 1_000).changed(8, 2_000));
        assertThatIllegalStateException().isThrownBy(() -> FIRST.changed(16, 1_000));
    }

    @Test
    void noNameIsUsedByTwoGenerations() {
        GroupSpec spec = GroupSpec.all("m");
        GroupLayout back = FIRST.changed(4, 1).finished().changed(16, 2);
        assertThat(GroupTopology.of(spec, FIRST).partition(3).name()).isEqualTo("shardline.group.m.3-of-16");
        assertThat(GroupTopology.former(spec, back).partition(3).name()).isEqualTo("shardline.group.m.3-of-4-v2");
        assertThat(GroupTopology.of(spec, back).partition(3).name()).isEqualTo("shardline.group.m.3-of-16-v3");
        assertThatIllegalStateException().isThrownBy(() -> GroupTopology.former(spec, FIRST));
    }

    @Test
    void aGenerationIsBoundByEverythingThatWasEverSubscribedTo() {
        GroupTopology topology = GroupTopology.of(GroupSpec.of("m", Set.of("TYPING_START")), FIRST.changed(4, 1));
        assertThat(topology.partitionBindings(Set.of("MESSAGE_CREATE")))
                .hasSize(32)
                .contains(
                        new BindingDeclaration("shardline.group.m.3-of-4-v2", "shardline.events", "MESSAGE_CREATE.7"));
    }
}
