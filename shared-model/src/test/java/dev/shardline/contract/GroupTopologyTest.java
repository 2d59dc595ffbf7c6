package dev.shardline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GroupTopologyTest {
    @Test
    void everySlotOfAnEventIsBoundToExactlyOneQueue() {
        GroupTopology topology = GroupTopology.of(GroupSpec.all("music").withPartitions(5));
        assertThat(topology.bindings())
                .extracting(BindingDeclaration::routingKey)
                .doesNotHaveDuplicates()
                .hasSize((EventTypes.KNOWN.size() + 1) * Slots.COUNT);
        assertThat(topology.bindings())
                .contains(
                        new BindingDeclaration("shardline.group.music.2-of-5", "shardline.events", "MESSAGE_CREATE.7"));
    }

    @Test
    void interactionsNeverWaitBehindABacklog() {
        assertThat(GroupTopology.of(GroupSpec.all("music")).bindings())
                .filteredOn(binding -> binding.routingKey().startsWith("INTERACTION_CREATE."))
                .hasSize(Slots.COUNT)
                .allSatisfy(binding -> assertThat(binding.queue()).isEqualTo("shardline.group.music.express"));
    }

    @Test
    void onlyPartitionQueuesHaveASingleActiveConsumer() {
        assertThat(GroupTopology.of(GroupSpec.all("m").withPartitions(2)).queues())
                .extracting(QueueDeclaration::name, queue -> queue.arguments().containsKey("x-single-active-consumer"))
                .containsExactly(
                        tuple("shardline.group.m.dead", false),
                        tuple("shardline.group.m.express", false),
                        tuple("shardline.group.m.0-of-2", true),
                        tuple("shardline.group.m.1-of-2", true));
    }

    @Test
    void limitsBecomeQueueArguments() {
        QueueLimits limits = new QueueLimits(10L, 20L, Duration.ofSeconds(3), QueueLimits.Overflow.REJECT);
        assertThat(GroupTopology.of(GroupSpec.all("m").withLimits(limits))
                        .express()
                        .arguments())
                .containsEntry("x-max-length", 10L)
                .containsEntry("x-max-length-bytes", 20L)
                .containsEntry("x-message-ttl", 3000L)
                .containsEntry("x-overflow", "reject-publish");
    }

    @Test
    void readsGroupsFromOneLine() {
        assertThat(GroupSpec.parse("logger, mod:MESSAGE_CREATE+GUILD_BAN_ADD"))
                .isEqualTo(List.of(
                        GroupSpec.all("logger"), GroupSpec.of("mod", Set.of("MESSAGE_CREATE", "GUILD_BAN_ADD"))));
        assertThat(GroupSpec.parse(" ")).isEmpty();
    }

    @Test
    void allButSomeAreAllTheOthers() {
        GroupSpec logs = GroupSpec.parse("logs:*-TYPING_START-PRESENCE_UPDATE").get(0);
        assertThat(logs.events())
                .hasSize(EventTypes.KNOWN.size() + 1 - 2)
                .contains("MESSAGE_CREATE", EventTypes.OTHER)
                .doesNotContain("TYPING_START", "PRESENCE_UPDATE");
        assertThat(GroupTopology.of(logs).bindings())
                .extracting(BindingDeclaration::routingKey)
                .noneMatch(key -> key.startsWith("TYPING_START."));
        assertThat(GroupSpec.parse("logs:*")).containsExactly(GroupSpec.all("logs"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSpec.parse("logs:*TYPING_START"))
                .withMessageContaining("after * comes -EVENT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSpec.parse("logs:*-TYPING"))
                .withMessageContaining("unknown event \"TYPING\"");
    }

    @Test
    void namesTheEventThatDiscordDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupSpec.parse("mod:MESSAGE_CREATED"))
                .withMessageContaining("group mod: unknown event \"MESSAGE_CREATED\"");
    }
}
