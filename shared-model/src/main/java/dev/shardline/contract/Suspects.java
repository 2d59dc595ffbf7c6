package dev.shardline.contract;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that have come back so often that one of them may have ended its process, and how often a handler was begun for
 * each without an end being told. Immutable.
 *
 * @param revision counts up with every change; of two the higher one holds
 * @param notes by message id
 */
public record Suspects(long revision, Map<String, Note> notes) {
    /** Nothing is suspected. */
    public static final Suspects NONE = new Suspects(0, Map.of());

    /** More at a time are not remembered: the oldest is forgotten. */
    private static final int MOST = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * What is remembered of one.
     *
     * @param begun how often a handler was begun and the end was not told
     * @param atMillis when that was last, epoch milliseconds
     */
    public record Note(int begun, long atMillis) {}

    /** Copies the notes. */
    public Suspects {
        notes = Map.copyOf(notes);
    }

    /** How often a handler was begun for it and the end was not told. */
    public int begun(String messageId) {
        Note note = notes.get(messageId);
        return note == null ? 0 : note.begun();
    }

    /** A handler is begun once more. Notes older than {@code keepMillis} are forgotten. */
    public Suspects begin(String messageId, long nowMillis, long keepMillis) {
        Map<String, Note> next = new TreeMap<>(notes);
        next.values().removeIf(note -> nowMillis - note.atMillis() > keepMillis);
        next.put(messageId, new Note(begun(messageId) + 1, nowMillis));
        while (next.size() > MOST) {
            next.entrySet().stream()
                    .min(Map.Entry.comparingByValue((a, b) -> Long.compare(a.atMillis(), b.atMillis())))
                    .ifPresent(oldest -> next.remove(oldest.getKey()));
        }
        return new Suspects(revision + 1, next);
    }

    /** It has come to an end, whichever: the process lives. */
    public Suspects end(String messageId) {
        if (!notes.containsKey(messageId)) {
            return this;
        }
        Map<String, Note> next = new TreeMap<>(notes);
        next.remove(messageId);
        return new Suspects(revision + 1, next);
    }

    /** As it lies in the queue: JSON. */
    public String encode() {
        ObjectNode json = JSON.createObjectNode();
        json.put("revision", revision);
        ObjectNode all = json.putObject("notes");
        new TreeMap<>(notes)
                .forEach((id, note) ->
                        all.putObject(id).put("begun", note.begun()).put("at", note.atMillis()));
        return json.toString();
    }

    /**
     * Reads it back; fields that are not known are left out.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Suspects decode(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (!json.isObject()) {
                throw new IllegalArgumentException("no object");
            }
            Map<String, Note> notes = new TreeMap<>();
            json.path("notes")
                    .properties()
                    .forEach(entry -> notes.put(
                            entry.getKey(),
                            new Note(
                                    entry.getValue().path("begun").asInt(0),
                                    entry.getValue().path("at").asLong(0))));
            return new Suspects(json.path("revision").asLong(0), notes);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not the suspects of a group: \"" + text + "\"", e);
        }
    }
}
