package dev.shardline.sdk.event;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Whose event it is: Discord puts the user into different places. */
final class EventUser {
    private static final List<String> PLACES = List.of("/author/id", "/member/user/id", "/user/id", "/user_id");

    private EventUser() {}

    /** The user's id; empty when the event has none. */
    static String of(JsonNode d) {
        for (String place : PLACES) {
            String id = d.at(place).asString("");
            if (!id.isEmpty()) {
                return id;
            }
        }
        return "";
    }
}
