package dev.shardline.broker.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Words between dots; {@code *} is one word, {@code #} any number of them. A tree of words. */
final class TopicMatcher implements Matcher {
    private final Node root = new Node();

    @Override
    public void add(Binding binding) {
        Node node = root;
        for (String word : words(binding.routingKey())) {
            node = node.next.computeIfAbsent(word, key -> new Node());
        }
        node.bindings.add(binding);
    }

    @Override
    public void remove(Binding binding) {
        remove(root, words(binding.routingKey()), 0, binding);
    }

    private static boolean remove(Node node, String[] words, int at, Binding binding) {
        if (at == words.length) {
            node.bindings.remove(binding);
        } else {
            Node next = node.next.get(words[at]);
            if (next != null && remove(next, words, at + 1, binding)) {
                node.next.remove(words[at]);
            }
        }
        return node.bindings.isEmpty() && node.next.isEmpty();
    }

    @Override
    public void match(String routingKey, Supplier<Map<String, Object>> headers, Consumer<Destination> found) {
        match(root, words(routingKey), 0, found);
    }

    private static void match(@Nullable Node node, String[] words, int at, Consumer<Destination> found) {
        if (node == null) {
            return;
        }
        Node any = node.next.get("#");
        if (any != null) {
            for (int rest = at; rest <= words.length; rest++) {
                match(any, words, rest, found);
            }
        }
        if (at == words.length) {
            for (Binding binding : node.bindings) {
                found.accept(binding.destination());
            }
            return;
        }
        match(node.next.get("*"), words, at + 1, found);
        String word = words[at];
        if (!word.equals("#") && !word.equals("*")) {
            match(node.next.get(word), words, at + 1, found);
        }
    }

    private static String[] words(String key) {
        if (key.isEmpty()) {
            return new String[0];
        }
        List<String> words = new ArrayList<>(4);
        int from = 0;
        for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', from)) {
            words.add(key.substring(from, dot));
            from = dot + 1;
        }
        words.add(key.substring(from));
        return words.toArray(new String[0]);
    }

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>(4);
        private final List<Binding> bindings = new ArrayList<>(1);
    }
}
