package dev.shardline.discord.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.event.GatewayEvents;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CoverageTest {
    /** Keys of the samples for which we want no component, each with the reason. */
    private static final Set<String> REVIEWED = Set.of();

    private final EventBinder binder = new EventBinder();

    @Test
    void hasAComponentForEveryKeyOfTheSamples() {
        Set<String> missing = new TreeSet<>();
        for (Sample sample : Sample.known()) {
            Class<?> type = GatewayEvents.typeOf(sample.eventName()).orElseThrow();
            collectMissing(EventBinder.mapper().readTree(sample.data()), type, missing);
        }
        assertThat(missing).isEqualTo(REVIEWED);
    }

    @ParameterizedTest
    @MethodSource("dev.shardline.discord.json.Sample#known")
    void writesWhatItRead(Sample sample) {
        GatewayEvent event = binder.bind(sample.eventName(), sample.data()).event();
        JsonNode written = EventBinder.mapper().valueToTree(event);
        JsonNode read = EventBinder.mapper().readTree(sample.data());
        assertThat(plain(written)).isEqualTo(plain(read));
    }

    private static void collectMissing(JsonNode node, Type type, Set<String> missing) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            node.forEach(element -> collectMissing(element, list.getActualTypeArguments()[0], missing));
        } else if (type instanceof ParameterizedType map) {
            node.forEach(element -> collectMissing(element, map.getActualTypeArguments()[1], missing));
        } else if (type instanceof Class<?> record && record.isRecord() && node.isObject()) {
            Map<String, Type> components = components(record);
            if (components.containsKey("")) {
                collectMissing(node, components.get(""), missing);
                return;
            }
            node.forEachEntry((key, value) -> {
                if (components.containsKey(key)) {
                    collectMissing(value, components.get(key), missing);
                } else {
                    missing.add(record.getSimpleName() + "." + key);
                }
            });
        }
    }

    /** Types by key; under the empty key, the type that stands for the whole record. */
    private static Map<String, Type> components(Class<?> record) {
        Map<String, Type> components = new HashMap<>();
        for (RecordComponent component : record.getRecordComponents()) {
            JsonProperty name = component.getAccessor().getAnnotation(JsonProperty.class);
            boolean whole = component.getAccessor().isAnnotationPresent(JsonValue.class);
            String key = whole ? "" : name == null ? component.getName() : name.value();
            components.put(key, component.getGenericType());
        }
        return components;
    }

    /** Without nulls in objects, scalars as text: an id may come as a number and leaves as a string. */
    private static Object plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, Object> fields = new HashMap<>();
            object.forEachEntry((key, value) -> {
                if (!value.isNull()) {
                    fields.put(key, plain(value));
                }
            });
            return fields;
        }
        if (node instanceof ArrayNode array) {
            List<Object> elements = new ArrayList<>();
            array.forEach(element -> elements.add(plain(element)));
            return elements;
        }
        return node.isNumber() ? node.decimalValue().stripTrailingZeros().toPlainString() : node.asString();
    }
}
