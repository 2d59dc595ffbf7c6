package dev.shardline.discord.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.discord.GatewayEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever happens to one field, at any depth: the event still binds, and the other fields are as they were. */
class MutationTest {
    /** Longer arrays say nothing new, and every place is tried with every value. */
    private static final int MAX_ELEMENTS = 3;

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "123456789012345678901234567890",
            "\"\"",
            "\"x\"",
            "\"7\"",
            "\"true\"",
            "\"\\ud83d\\u202e\"",
            "{}",
            "{\"x\":{\"y\":[1]},\"id\":\"1\"}",
            "[]",
            "[null]",
            "[[{}],\"x\"]");

    private final EventBinder binder = new EventBinder();

    /**
     * Fields of objects that stand in many events are tried in the shortest of them, each with a quarter of the values: the
     * next field with the next quarter.
     */
    @Test
    void survivesAnyChangeOfAnyField() {
        Set<String> tried = new HashSet<>();
        List<Sample> shortestFirst = Sample.known().stream()
                .sorted(Comparator.comparing(sample -> sample.json().length()))
                .toList();
        for (Sample sample : shortestFirst) {
            change(sample, place -> depth(place) == 1 || tried.add(withParent(place)), 4);
        }
        assertThat(tried).hasSizeGreaterThan(500);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("dev.shardline.discord.json.Sample#known")
    void survivesAnyChangeOfAnyFieldInAnyEvent(Sample sample) {
        change(sample, place -> true, 1);
    }

    private void change(Sample sample, Predicate<JsonPointer> wanted, int everyNth) {
        JsonNode tree = shortened(EventBinder.mapper().readTree(sample.data()));
        JsonNode whole = written(sample, tree);
        int turn = sample.eventName().length();
        for (JsonPointer place : places(tree)) {
            if (!wanted.test(place)) {
                continue;
            }
            JsonNode dropped = tree.deepCopy();
            remove(dropped, place);
            check(sample, dropped, place, whole, "dropped");
            for (int i = turn++ % everyNth; i < VALUES.size(); i += everyNth) {
                String value = VALUES.get(i);
                JsonNode retyped = tree.deepCopy();
                set(retyped, place, EventBinder.mapper().readTree(value));
                check(sample, retyped, place, whole, value);
            }
        }
    }

    /** The field's name and those of the two objects around it. */
    private static String withParent(JsonPointer place) {
        String[] names = place.toString().replaceAll("/\\d+", "/#").split("/", -1);
        return String.join("/", Arrays.asList(names).subList(Math.max(0, names.length - 4), names.length));
    }

    @Test
    void triesFieldsAtEveryDepth() {
        JsonNode tree = shortened(
                EventBinder.mapper().readTree(Sample.named("GUILD_CREATE").data()));
        assertThat(places(tree)).hasSizeGreaterThan(250).anyMatch(place -> depth(place) >= 6);
    }

    private void check(Sample sample, JsonNode mutated, JsonPointer place, JsonNode whole, String change) {
        Bound<? extends GatewayEvent> bound;
        try {
            bound = bind(sample, mutated);
        } catch (EventBindingException failed) {
            throw new AssertionError(sample + " " + place + " " + change, failed);
        }
        assertThat(bound.lost())
                .as("%s %s %s", sample, place, change)
                .allMatch(pointer -> JsonPointer.compile(pointer).toString().startsWith(place.toString()));
        JsonNode actual = EventBinder.mapper().valueToTree(bound.event());
        assertThat(others(actual, place, whole))
                .as("%s %s %s", sample, place, change)
                .isEqualTo(others(whole, place, whole));
    }

    /** All but the value at the place. */
    private static JsonNode others(JsonNode tree, JsonPointer place, JsonNode whole) {
        JsonNode parent = tree.at(place.head());
        JsonNode copy = tree.deepCopy();
        // An element that cannot be read has already left its list.
        if (!parent.isArray() || parent.size() == whole.at(place.head()).size()) {
            remove(copy, place);
        }
        return copy;
    }

    private JsonNode written(Sample sample, JsonNode tree) {
        return EventBinder.mapper().valueToTree(bind(sample, tree).event());
    }

    private Bound<? extends GatewayEvent> bind(Sample sample, JsonNode tree) {
        return binder.bind(sample.eventName(), EventBinder.mapper().writeValueAsBytes(tree));
    }

    /** One place for every field, however many elements of a list have it. */
    private static Iterable<JsonPointer> places(JsonNode tree) {
        Map<String, JsonPointer> places = new LinkedHashMap<>();
        collect(tree, JsonPointer.empty(), places);
        return places.values();
    }

    private static void collect(JsonNode node, JsonPointer here, Map<String, JsonPointer> places) {
        List<JsonPointer> below = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> below.add(here.appendProperty(name)));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            below.add(here.appendIndex(i));
        }
        for (JsonPointer child : below) {
            places.putIfAbsent(child.toString().replaceAll("/\\d+", "/#"), child);
            collect(node.at(relative(here, child)), child, places);
        }
    }

    private static JsonPointer relative(JsonPointer parent, JsonPointer child) {
        return JsonPointer.compile(child.toString().substring(parent.toString().length()));
    }

    private static int depth(JsonPointer place) {
        return (int) place.toString().chars().filter(c -> c == '/').count();
    }

    private static JsonNode shortened(JsonNode node) {
        if (node instanceof ArrayNode array) {
            while (array.size() > MAX_ELEMENTS) {
                array.remove(array.size() - 1);
            }
        }
        node.forEach(MutationTest::shortened);
        return node;
    }

    private static void remove(JsonNode tree, JsonPointer place) {
        JsonNode parent = tree.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.remove(place.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode array) {
            array.remove(place.last().getMatchingIndex());
        }
    }

    private static void set(JsonNode tree, JsonPointer place, JsonNode value) {
        JsonNode parent = tree.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        }
    }
}
