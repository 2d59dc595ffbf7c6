package dev.shardline.sdk.dispatch;

import dev.shardline.sdk.event.EventContext;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Who has done something, and where.
 *
 * @param channel channel id; empty when the event has none
 * @param user user id; empty when the event has none
 */
public record Author(String channel, String user) {
    /** Discord puts the user into different places. */
    private static final List<String> PLACES = List.of("/author/id", "/member/user/id", "/user/id", "/user_id");

    static Author of(EventContext event) {
        return new Author(event.json().path("channel_id").asString(""), user(event.json()));
    }

    private static String user(JsonNode d) {
        for (String place : PLACES) {
            String id = d.at(place).asString("");
            if (!id.isEmpty()) {
                return id;
            }
        }
        return "";
    }
}
