package dev.shardline.simulator.world;

import dev.shardline.simulator.net.Bytes;
import dev.shardline.simulator.net.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event's {@code d} as literal bytes with slots for what differs between events, so that making one is a few array
 * copies and no JSON work. Immutable.
 */
public final class EventTemplate {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** A code point that is no character, so no payload contains it, and that JSON does not escape. */
    private static final char SLOT = '\uFDD0';

    /** The field of {@code d}, a string, that tells when the event happened: microseconds since 1970. */
    public static final String SENT_FIELD = "_simulator_sent";

    /** What a slot is filled with. */
    private enum Slot {
        GUILD,
        CHANNEL,
        ID,
        SENT,
        MARKER
    }

    private final String type;
    private final byte[][] literals;
    private final Slot[] slots;
    private final byte[][] literalsWithoutContent;
    private final Slot[] slotsWithoutContent;
    private final boolean guildEvent;
    private final boolean hasContent;

    private EventTemplate(String type, ObjectNode d, boolean guildEvent) {
        this.type = type;
        this.guildEvent = guildEvent;
        this.hasContent = type.equals("MESSAGE_CREATE") || type.equals("MESSAGE_UPDATE");
        List<Slot> found = new ArrayList<>();
        this.literals = split(JSON.writeValueAsString(d), found);
        this.slots = found.toArray(Slot[]::new);
        found.clear();
        this.literalsWithoutContent =
                split(JSON.writeValueAsString(hasContent ? MessageContent.withoutContent(d) : d), found);
        this.slotsWithoutContent = found.toArray(Slot[]::new);
    }

    /** Makes a template from a sample; {@code name} as in {@link Payloads#names()}. */
    public static EventTemplate of(String name) {
        JsonNode tree = Payloads.tree(name);
        if (!(tree instanceof ObjectNode d)) {
            throw new IllegalArgumentException(name + " cannot carry a marker: its d is not an object");
        }
        String type = Payloads.eventOf(name);
        boolean guildEvent = d.has("guild_id") && d.get("guild_id").isString();
        String text = JSON.writeValueAsString(d).replace(Payloads.GUILD_ID, slot(Slot.GUILD));
        ObjectNode marked = (ObjectNode) JSON.readTree(text);
        if (marked.has("id") && (type.startsWith("MESSAGE_") || type.startsWith("INTERACTION_"))) {
            marked.put("id", slot(Slot.ID));
        }
        if (type.equals("INTERACTION_CREATE")) {
            marked.put("token", "simulated-interaction-token-" + slot(Slot.ID));
        }
        if (guildEvent && marked.has("channel_id") && marked.get("channel_id").isString()) {
            marked.put("channel_id", slot(Slot.CHANNEL));
            if (marked.path("channel") instanceof ObjectNode channel) {
                channel.put("id", slot(Slot.CHANNEL));
            }
        }
        if (type.equals("MESSAGE_CREATE") || type.equals("MESSAGE_UPDATE")) {
            marked.put(
                    "content", slot(Slot.MARKER) + " " + marked.path("content").asString(""));
        }
        // In front of the marker, which readers look for from the end.
        marked.put(SENT_FIELD, slot(Slot.SENT));
        marked.put("_simulator", slot(Slot.MARKER));
        return new EventTemplate(type, marked, guildEvent);
    }

    public String type() {
        return type;
    }

    /** Whether the event belongs to a guild; otherwise it goes to shard 0. */
    public boolean guildEvent() {
        return guildEvent;
    }

    /** Whether the event looks different without the MESSAGE_CONTENT intent. */
    public boolean hasContent() {
        return hasContent;
    }

    /** Makes the bytes of one event. {@code scratch} is overwritten. */
    public byte[] render(Bytes scratch, long guildId, long id, int run, int number, boolean withContent) {
        byte[][] parts = withContent ? literals : literalsWithoutContent;
        Slot[] filled = withContent ? slots : slotsWithoutContent;
        scratch.clear();
        scratch.put(parts[0]);
        for (int i = 0; i < filled.length; i++) {
            switch (filled[i]) {
                case GUILD -> scratch.putDecimal(guildId);
                case CHANNEL -> scratch.putDecimal(World.textChannelOf(guildId));
                case ID -> scratch.putDecimal(id);
                case SENT -> scratch.putDecimal(Ticks.wallMicros());
                case MARKER ->
                    scratch.put(MARK)
                            .putDecimal(run)
                            .put('/')
                            .putDecimal(guildId)
                            .put('/')
                            .putDecimal(number)
                            .put('~');
            }
            scratch.put(parts[i + 1]);
        }
        return scratch.toByteArray();
    }

    private static final byte[] MARK = "~sim/".getBytes(StandardCharsets.US_ASCII);

    private static String slot(Slot slot) {
        return SLOT + slot.name() + SLOT;
    }

    private static byte[][] split(String text, List<Slot> found) {
        String[] parts = text.split(String.valueOf(SLOT), -1);
        byte[][] literals = new byte[(parts.length + 1) / 2][];
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 0) {
                literals[i / 2] = parts[i].getBytes(StandardCharsets.UTF_8);
            } else {
                found.add(Slot.valueOf(parts[i]));
            }
        }
        return literals;
    }
}
