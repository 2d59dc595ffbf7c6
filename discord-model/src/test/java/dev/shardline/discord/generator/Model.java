package dev.shardline.discord.generator;

import java.util.List;
import java.util.Optional;

/** What is to be written, with all names and types decided. */
record Model(List<ObjectRecord> objects, List<ValueSet> values, List<Event> events) {
    /** An object of Discord's. */
    record ObjectRecord(String name, String doc, List<Field> fields) {}

    /**
     * A field of an object or event.
     *
     * @param key as on the wire
     * @param type as in the overlay: {@code Name}, {@code Name[]} or {@code Map<Key, Name>}
     * @param doc empty if there is none
     */
    record Field(String key, String type, String doc) {}

    /** A type with named values that may also hold others. */
    record ValueSet(String name, String doc, boolean number, List<Constant> constants) {}

    /** A named value; {@code value} is a Java literal. */
    record Constant(String name, String value, String doc) {}

    /**
     * A gateway event.
     *
     * @param wraps the object that its data is, or none if it has fields of its own
     * @param component how the wrapped object is called
     * @param guild keys that lead to the guild's id, none outside guilds
     */
    record Event(
            String name,
            String doc,
            Optional<String> wraps,
            String component,
            List<Field> fields,
            List<String> guild) {}
}
