package dev.shardline.simulator.load;

import dev.shardline.simulator.world.EventTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Which events the generator makes, by weight. Immutable. */
public final class EventMix {
    private final Map<String, Integer> weights;
    private final EventTemplate[] templates;
    private final int[] upTo;
    private final int sum;

    private EventMix(Map<String, Integer> weights) {
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("an event mix needs at least one event");
        }
        this.weights = new LinkedHashMap<>(weights);
        this.templates = new EventTemplate[weights.size()];
        this.upTo = new int[weights.size()];
        int i = 0;
        int total = 0;
        for (Map.Entry<String, Integer> entry : weights.entrySet()) {
            if (entry.getValue() < 1) {
                throw new IllegalArgumentException(
                        "the weight of " + entry.getKey() + " must be at least 1, was " + entry.getValue());
            }
            templates[i] = EventTemplate.of(entry.getKey());
            total += entry.getValue();
            upTo[i++] = total;
        }
        this.sum = total;
    }

    /** Payload sample names, see {@code Payloads.names()}, with their weights. */
    public static EventMix of(Map<String, Integer> weights) {
        return new EventMix(weights);
    }

    /** The same weight for each payload sample. */
    public static EventMix of(String... names) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (String name : names) {
            weights.put(name, 1);
        }
        return new EventMix(weights);
    }

    /** What a large bot sees, about 700 bytes of {@code d} on average; needs the privileged intents. */
    public static EventMix typical() {
        Map<String, Integer> weights = new LinkedHashMap<>();
        weights.put("variants/MESSAGE_CREATE.no_content_intent", 24);
        weights.put("TYPING_START", 10);
        weights.put("PRESENCE_UPDATE", 10);
        weights.put("VOICE_STATE_UPDATE", 8);
        weights.put("MESSAGE_REACTION_ADD", 5);
        weights.put("MESSAGE_UPDATE", 3);
        weights.put("GUILD_MEMBER_ADD", 3);
        weights.put("GUILD_MEMBER_REMOVE", 3);
        weights.put("CHANNEL_UPDATE", 3);
        weights.put("GUILD_AUDIT_LOG_ENTRY_CREATE", 6);
        weights.put("MESSAGE_REACTION_REMOVE", 6);
        weights.put("THREAD_MEMBER_UPDATE", 5);
        weights.put("MESSAGE_DELETE", 10);
        weights.put("GUILD_SCHEDULED_EVENT_USER_ADD", 4);
        return new EventMix(weights);
    }

    /** The names and weights. */
    public Map<String, Integer> weights() {
        return new LinkedHashMap<>(weights);
    }

    EventTemplate pick(SplittableRandom random) {
        int at = random.nextInt(sum);
        int i = 0;
        while (upTo[i] <= at) {
            i++;
        }
        return templates[i];
    }
}
