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
     * @param alone how often of these no other suspect ran in the same process: at most {@code begun}
     * @param process who began it last; empty when that is not known
     * @param atMillis when that was, epoch milliseconds
     */
    public record Note(int begun, int alone, String process, long atMillis) {
        /** Nothing is remembered. */
        public static final Note NONE = new Note(0, 0, "", 0);
    }

    /** Copies the notes. */
    public Suspects {
        notes = Map.copyOf(notes);
    }

    /** What processes other than this one have left about it. {@link Note#NONE} when that is nothing. */
    public Note earlier(String messageId, String process) {
        Note note = notes.getOrDefault(messageId, Note.NONE);
        if (!note.process().equals(process)) {
            return note;
        }
        // What has a note is begun alone. So of several begins the last one was.
        return note.begun() <= 1
                ? Note.NONE
                : new Note(note.begun() - 1, Math.max(0, note.alone() - 1), "", note.atMillis());
    }

    /**
     * A handler is begun; whatever the same process has begun before for it does not count. Notes older than {@code
     * keepMillis} are forgotten.
     *
     * @param process any text that no other process has; not empty
     * @param alone whether no other suspect runs in this process until the end; to be true when there is an earlier note
     */
    public Suspects begin(String messageId, String process, boolean alone, long nowMillis, long keepMillis) {
        Map<String, Note> next = new TreeMap<>(notes);
        next.values().removeIf(note -> nowMillis - note.atMillis() > keepMillis);
        Note earlier = earlier(messageId, process);
        next.put(messageId, new Note(earlier.begun() + 1, earlier.alone() + (alone ? 1 : 0), process, nowMillis));
        while (next.size() > MOST) {
            next.entrySet().stream()
                    .min(Map.Entry.comparingByValue((a, b) -> Long.compare(a.atMillis(), b.atMillis())))
                    .ifPresent(oldest -> next.remove(oldest.getKey()));
        }
        return new Suspects(revision + 1, next);
    }

    /** It was not begun by this process after all: what others have left stays. */
    public Suspects withdraw(String messageId, String process) {
        Note note = notes.get(messageId);
        if (note == null || !note.process().equals(process)) {
            return this;
        }
        Note earlier = earlier(messageId, process);
        if (earlier.begun() == 0) {
            return end(messageId);
        }
        Map<String, Note> next = new TreeMap<>(notes);
        next.put(messageId, earlier);
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
                .forEach((id, note) -> all.putObject(id)
                        .put("begun", note.begun())
                        .put("alone", note.alone())
                        .put("by", note.process())
                        .put("at", note.atMillis()));
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
            json.path("notes").properties().forEach(entry -> notes.put(entry.getKey(), note(entry.getValue())));
            return new Suspects(json.path("revision").asLong(0), notes);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not the suspects of a group: \"" + text + "\"", e);
        }
    }

    /** Versions that began each alone have said neither that nor who they are. */
    private static Note note(JsonNode json) {
        int begun = json.path("begun").asInt(0);
        return new Note(
                begun,
                json.path("alone").asInt(begun),
                json.path("by").asString(""),
                json.path("at").asLong(0));
    }
}
