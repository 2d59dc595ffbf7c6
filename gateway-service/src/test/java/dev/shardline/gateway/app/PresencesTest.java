package dev.shardline.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.ShardId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresencesTest {
    @Test
    void whatTheMendShowsIsTaken() {
        assertThat(Presences.configured("{\"status\":\"online\",\"activities\":[{\"name\":\"chess\",\"type\":0}]}")
                        .presence(new ShardId(0, 1)))
                .isEqualTo(new Presence("online", List.of(new Presence.Activity("chess", 0, null, null)), null, false));
        assertThat(Presences.configured(" ")).isSameAs(PresenceFactory.NONE);
    }

    @Test
    void aMistakeNamesTheField() {
        assertThatThrownBy(() -> Presences.configured("{\"status\":\"away\"}"))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("shardline.discord.presence: cannot be read: status must be online, dnd");
        assertThatThrownBy(() -> Presences.configured("online"))
                .isInstanceOf(ConfigurationProblem.class)
                .hasMessageStartingWith("shardline.discord.presence: cannot be read: ");
    }
}
