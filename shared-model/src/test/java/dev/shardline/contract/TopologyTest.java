package dev.shardline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    @Test
    void namesTheQueuesOfAGroup() {
        assertThat(Topology.partitionQueue("mod", 3, 8)).isEqualTo("shardline.group.mod.3-of-8");
        assertThat(Topology.expressQueue("mod")).isEqualTo("shardline.group.mod.express");
        assertThat(Topology.deadQueue("mod")).isEqualTo("shardline.group.mod.dead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "-a", "a#", "*"})
    void refusesGroupNamesThatWouldBreakQueueNames(String group) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topology.requireGroup(group))
                .withMessageContaining('"' + group + '"');
    }

    @Test
    void routesUnknownEventsAsOther() {
        assertThat(EventTypes.routingKey("MESSAGE_CREATE", 7)).isEqualTo("MESSAGE_CREATE.7");
        assertThat(EventTypes.routingKey("SOMETHING_NEW", 7)).isEqualTo("OTHER.7");
    }

    @Test
    void knowsEveryDocumentedEvent() {
        assertThat(EventTypes.KNOWN).hasSize(82).contains("READY", "RESUMED", "RATE_LIMITED", "CHANNEL_INFO");
    }
}
