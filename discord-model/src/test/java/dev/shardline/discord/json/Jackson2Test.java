package dev.shardline.discord.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.event.GatewayEvents;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The annotations alone are enough: a mapper of either version, as it comes, reads the same records. */
class Jackson2Test {
    private final EventBinder binder = new EventBinder();
    private final ObjectMapper jackson2 = new ObjectMapper();
    private final JsonMapper jackson3 = JsonMapper.builder().build();

    @ParameterizedTest
    @MethodSource("dev.shardline.discord.json.Sample#known")
    void bindsAlikeWithBothVersions(Sample sample) throws IOException {
        Class<? extends GatewayEvent> type =
                GatewayEvents.typeOf(sample.eventName()).orElseThrow();
        GatewayEvent expected = binder.bind(type, sample.data()).event();
        assertThat(jackson2.readValue(sample.data(), type)).isEqualTo(expected);
        assertThat(jackson3.readValue(sample.data(), type)).isEqualTo(expected);
        assertThat(jackson2.readValue(jackson2.writeValueAsBytes(expected), type))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("dev.shardline.discord.json.Sample#known")
    void toleratesUnknownFieldsNullsAndAbsenceWithoutTheBinder(Sample sample) throws IOException {
        Class<? extends GatewayEvent> type =
                GatewayEvents.typeOf(sample.eventName()).orElseThrow();
        ObjectNode extended = (ObjectNode) jackson3.readTree(sample.data());
        extend(extended);
        ObjectNode emptied = (ObjectNode) jackson3.readTree(sample.data());
        empty(emptied);
        for (JsonNode changed : List.of(extended, emptied, jackson3.createObjectNode())) {
            String json = changed.toString();
            assertThat(jackson2.readValue(json, type)).isEqualTo(jackson3.readValue(json, type));
        }
    }

    /** A field of tomorrow in every object. */
    private static void extend(JsonNode node) {
        node.forEach(Jackson2Test::extend);
        if (node instanceof ObjectNode object && !object.isEmpty() && isRecord(object)) {
            object.putArray("of_tomorrow").addObject().put("x", 1);
        }
    }

    /** Not a map: its keys are names, not ids. */
    private static boolean isRecord(ObjectNode object) {
        return object.propertyNames().stream().noneMatch(name -> Character.isDigit(name.charAt(0)));
    }

    /** Null in place of every value that is no object or list, and of every second one that is. */
    private static void empty(JsonNode node) {
        node.forEach(Jackson2Test::empty);
        if (node instanceof ObjectNode object) {
            object.propertyNames().stream()
                    .filter(name -> !object.path(name).isContainer() || name.length() % 2 == 0)
                    .toList()
                    .forEach(object::putNull);
        }
    }
}
