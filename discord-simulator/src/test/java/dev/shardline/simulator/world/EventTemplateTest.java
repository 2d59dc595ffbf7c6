package dev.shardline.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.simulator.ledger.Marker;
import dev.shardline.simulator.load.EventMix;
import dev.shardline.simulator.net.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventTemplateTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long GUILD = World.guildId(7);

    @Test
    void everySampleWithAnObjectBecomesValidJsonThatCarriesItsMarker() {
        Bytes scratch = new Bytes(64);
        for (String name : Payloads.names()) {
            if (!(Payloads.tree(name) instanceof ObjectNode sample)) {
                continue;
            }
            EventTemplate template = EventTemplate.of(name);
            byte[] d = template.render(scratch, GUILD, 42, 7, 123, true);
            JsonNode tree = JSON.readTree(d);
            assertThat(Marker.find(d)).as(name).isEqualTo(new Marker(7, GUILD, 123));
            assertThat(tree.propertyNames()).as(name).containsAll(sample.propertyNames());
            if (sample.path("guild_id").asString("").equals(Payloads.GUILD_ID)) {
                assertThat(tree.path("guild_id").asString()).as(name).isEqualTo(Long.toString(GUILD));
            }
        }
    }

    @Test
    void theTypicalMixHasAbout700BytesPerEvent() {
        Bytes scratch = new Bytes(64);
        long bytes = 0;
        int sum = 0;
        for (Map.Entry<String, Integer> entry : EventMix.typical().weights().entrySet()) {
            int length =
                    EventTemplate.of(entry.getKey()).render(scratch, GUILD, 1L << 60, 900_000, 50_000, true).length;
            bytes += (long) length * entry.getValue();
            sum += entry.getValue();
        }
        assertThat(bytes / sum).isBetween(650L, 850L);
    }
}
