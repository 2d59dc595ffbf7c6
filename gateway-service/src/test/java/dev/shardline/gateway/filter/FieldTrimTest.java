package dev.shardline.gateway.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class FieldTrimTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static String trimmed(String json, String... paths) {
        return new String(
                new FieldTrim(List.of(paths)).apply(json.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":1,\"b\":2,\"c\":3}|a|{\"b\":2,\"c\":3}",
                "{\"a\":1,\"b\":2,\"c\":3}|b|{\"a\":1,\"c\":3}",
                "{\"a\":1,\"b\":2,\"c\":3}|c|{\"a\":1,\"b\":2}",
                "{\"a\":1,\"b\":2,\"c\":3}|b c|{\"a\":1}",
                "{\"a\":1,\"b\":2,\"c\":3}|a b|{\"c\":3}",
                "{\"a\":1,\"b\":2,\"c\":3}|a c|{\"b\":2}",
                "{\"a\":1,\"b\":2,\"c\":3}|a b c|{}",
                "{\"a\":{\"b\":1,\"c\":2},\"b\":3}|a.b|{\"a\":{\"c\":2},\"b\":3}",
                "{\"a\":{\"b\":1},\"c\":2}|a.b c|{\"a\":{}}",
                "{\"a\":[{\"b\":1,\"c\":2},{\"b\":3},4,[{\"b\":5}]]}|a.b|{\"a\":[{\"c\":2},{},4,[{}]]}",
                "{\"a\":\"}]\\\",{\",\"b\":[\"]\",{\"x\":\"\\\\\"}],\"c\":-1.5e9}|b|{\"a\":\"}]\\\",{\",\"c\":-1.5e9}",
                "{ \"a\" : 1 , \"b\" : 2 , \"c\" : 3 }|b|{ \"a\" : 1 , \"c\" : 3 }",
                "{\"\\u0061\":1,\"b\":2}|a|{\"b\":2}",
                "{\"a\":1,\"a\":2,\"b\":3}|a|{\"b\":3}",
                "{\"a\":{\"a\":1}}|b a.b|{\"a\":{\"a\":1}}",
                "[]|a|[]",
                "null|a|null",
                "{}|a|{}",
            })
    void takesTheNamedFieldsOutAndNothingElse(String json, String paths, String expected) {
        assertThat(trimmed(json, paths.split(" "))).isEqualTo(expected);
    }

    @Test
    void textWithoutTheFieldsIsNotEvenCopied() {
        byte[] json = "{\"a\":{\"b\":1}}".getBytes(StandardCharsets.UTF_8);
        assertThat(new FieldTrim(List.of("b", "a.c")).apply(json)).isSameAs(json);
    }

    /** A transformer's body is not checked by anybody, and this runs on a shard's reader thread. */
    @ParameterizedTest
    @Timeout(10)
    @ValueSource(strings = {"[}", "[é]", "{\"a\":[}", "{\"a\":[1,}]}", "[", "{", "{\"a\"", "{\"a\":", "[\"", ""})
    void whatBeginsLikeJsonAndIsNoneEndsInAnException(String text) {
        assertThatThrownBy(() -> trimmed(text, "a.b")).isInstanceOf(RuntimeException.class);
    }

    /** Against the slow way: parse, remove, compare as trees, over random objects in two spellings. */
    @Test
    void agreesWithATree() {
        Random random = new Random(7);
        List<String> paths = List.of("a", "b.a", "c.b.a", "d");
        FieldTrim trim = new FieldTrim(paths);
        for (int i = 0; i < 5_000; i++) {
            JsonNode tree = random(random, 4);
            String text = random.nextBoolean() ? tree.toString() : tree.toPrettyString();
            JsonNode trimmed = JSON.readTree(trim.apply(text.getBytes(StandardCharsets.UTF_8)));
            paths.forEach(path -> remove(tree, new ArrayList<>(List.of(path.split("\\.")))));
            assertThat(trimmed).as(text).isEqualTo(tree);
        }
    }

    private static JsonNode random(Random random, int depth) {
        int kind = depth == 4 ? 0 : random.nextInt(depth == 0 ? 3 : 5);
        switch (kind) {
            case 0 -> {
                ObjectNode object = JSON.createObjectNode();
                for (String name : List.of("a", "b", "c", "d", "é\"", "e")) {
                    if (random.nextBoolean()) {
                        object.set(name, depth == 0 ? JSON.getNodeFactory().numberNode(1) : random(random, depth - 1));
                    }
                }
                return object;
            }
            case 1 -> {
                return JSON.getNodeFactory().stringNode("\"},{]\\ é東\n");
            }
            case 2 -> {
                return random.nextBoolean()
                        ? JSON.getNodeFactory().nullNode()
                        : JSON.getNodeFactory().numberNode(random.nextInt());
            }
            default -> {
                ArrayNode array = JSON.createArrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(random(random, depth - 1));
                }
                return array;
            }
        }
    }

    private static void remove(JsonNode node, List<String> path) {
        if (node instanceof ArrayNode array) {
            array.forEach(element -> remove(element, path));
        } else if (node instanceof ObjectNode object) {
            if (path.size() == 1) {
                object.remove(path.get(0));
            } else if (object.has(path.get(0))) {
                remove(object.get(path.get(0)), path.subList(1, path.size()));
            }
        }
    }
}
