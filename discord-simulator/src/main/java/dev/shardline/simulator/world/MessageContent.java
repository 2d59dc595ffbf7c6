package dev.shardline.simulator.world;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What the MESSAGE_CONTENT intent hides. See Discord Docs/Gateway, "Message Content Intent". */
public final class MessageContent {
    private static final List<String> EMPTIED = List.of("embeds", "attachments", "components");

    private MessageContent() {}

    /** A copy of the message as a bot without the intent gets it. */
    public static ObjectNode withoutContent(ObjectNode message) {
        ObjectNode copy = message.deepCopy();
        if (copy.has("content")) {
            copy.put("content", "");
        }
        for (String field : EMPTIED) {
            if (copy.has(field)) {
                copy.putArray(field);
            }
        }
        copy.remove("poll");
        return copy;
    }
}
