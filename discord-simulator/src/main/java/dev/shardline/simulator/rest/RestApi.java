package dev.shardline.simulator.rest;

import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.FaultRules;
import dev.shardline.simulator.gateway.Gateway;
import dev.shardline.simulator.net.HttpExchange;
import dev.shardline.simulator.net.HttpHandler;
import dev.shardline.simulator.world.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers /api/… . Reactor's thread only. */
public final class RestApi implements HttpHandler {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_CALLS = 10_000;

    private final Gateway gateway;
    private final Interactions interactions;
    private final ArrayDeque<RestCall> calls = new ArrayDeque<>();
    private long nextMessage = 1_600_000_000_000_000_000L;

    public RestApi(Gateway gateway, Interactions interactions) {
        this.gateway = gateway;
        this.interactions = interactions;
    }

    /** The latest 10,000 requests, oldest first. */
    public List<RestCall> calls() {
        return new ArrayList<>(calls);
    }

    @Override
    public void handle(HttpExchange exchange) {
        String path = exchange.path().replaceFirst("^/api(/v\\d+)?", "");
        String[] part = path.split("/", -1);
        String route = exchange.method() + " " + path;
        if (part.length == 5 && part[1].equals("interactions") && part[4].equals("callback")) {
            callback(exchange, path, part[2], part[3]);
            return;
        }
        if (route.equals("GET /gateway")) {
            answer(exchange, path, 200, JSON.createObjectNode().put("url", url(exchange)));
            return;
        }
        if (part.length > 1 && part[1].equals("webhooks")) {
            // Follow-ups and edits of interactions carry their token in the path.
            if (path.endsWith("/messages/@original") && (part.length != 6 || !interactions.answered(part[3]))) {
                answer(exchange, path, 404, error("Unknown Webhook", 10015));
                return;
            }
            answer(exchange, path, 200, message(exchange, "0"));
            return;
        }
        String authorization = exchange.header("authorization");
        if (authorization == null
                || !authorization.startsWith("Bot ")
                || !gateway.authorized(authorization.substring(4))) {
            answer(exchange, path, 401, error("401: Unauthorized", 0));
            return;
        }
        switch (route) {
            case "GET /gateway/bot" -> gatewayBot(exchange, path);
            case "GET /users/@me" ->
                answer(exchange, path, 200, Payloads.tree("READY").path("user"));
            case "GET /applications/@me", "GET /oauth2/applications/@me" -> answer(exchange, path, 200, application());
            default -> other(exchange, path, part);
        }
    }

    private void other(HttpExchange exchange, String path, String[] part) {
        boolean channelMessage = exchange.method().equals("POST")
                && part.length == 4
                && part[1].equals("channels")
                && part[3].equals("messages");
        if (channelMessage) {
            answer(exchange, path, 200, message(exchange, part[2]));
        } else if (part.length > 3 && part[1].equals("applications") && part[part.length - 1].equals("commands")) {
            boolean reads = exchange.method().equals("GET");
            answer(exchange, path, 200, reads ? JSON.createArrayNode() : commands(body(exchange)));
        } else {
            answer(exchange, path, 404, error("404: Not Found", 0));
        }
    }

    private void gatewayBot(HttpExchange exchange, String path) {
        if (gateway.faults().strike(Fault.GATEWAY_BOT_STALL) != FaultRules.NONE) {
            return;
        }
        if (gateway.faults().strike(Fault.GATEWAY_BOT_INVALID_JSON) != FaultRules.NONE) {
            note(exchange, path, 200);
            exchange.json(200, "{\"url\": \"wss://gateway");
            return;
        }
        long status = gateway.faults().strike(Fault.GATEWAY_BOT_STATUS);
        if (status == 429) {
            note(exchange, path, 429);
            double retryAfter = Math.max(0, 1.0 + gateway.retryAfterSkew().toMillis() / 1e3);
            String json =
                    "{\"message\":\"You are being rate limited.\",\"retry_after\":" + retryAfter + ",\"global\":false}";
            exchange.respond(
                    429,
                    "application/json",
                    json.getBytes(StandardCharsets.UTF_8),
                    Map.of(
                            "Retry-After", Long.toString((long) Math.ceil(retryAfter)),
                            "X-RateLimit-Limit", "2",
                            "X-RateLimit-Remaining", "0",
                            "X-RateLimit-Reset-After", Double.toString(retryAfter),
                            "X-RateLimit-Scope", "shared"));
            return;
        }
        if (status != FaultRules.NONE) {
            answer(exchange, path, (int) status, error("simulated", 0));
            return;
        }
        ObjectNode bot = JSON.createObjectNode();
        bot.put("url", url(exchange));
        bot.put("shards", gateway.settings().recommendedShards());
        ObjectNode limit = bot.putObject("session_start_limit");
        limit.put("total", gateway.identifiesTotal());
        limit.put("remaining", gateway.identifiesRemaining());
        limit.put("reset_after", gateway.budgetResetAfterMillis());
        limit.put("max_concurrency", gateway.settings().maxConcurrency());
        answer(exchange, path, 200, bot);
    }

    /** The WebSocket URL as the client reaches us, also through a container's port mapping. */
    private static String url(HttpExchange exchange) {
        String host = exchange.header("host");
        return "ws://" + (host == null ? "127.0.0.1:" + exchange.localPort() : host) + "/";
    }

    private void callback(HttpExchange exchange, String path, String id, String token) {
        JsonNode body = body(exchange);
        String text = new String(exchange.body(), StandardCharsets.UTF_8);
        InteractionCallback callback =
                interactions.answer(id, token, body.path("type").asInt(-1), text);
        if (callback.code() != 0) {
            String message =
                    callback.status() == 404 ? "Unknown interaction" : "Interaction has already been acknowledged.";
            answer(exchange, path, callback.status(), error(message, callback.code()));
        } else if ("true".equals(exchange.query().get("with_response"))) {
            ObjectNode response = JSON.createObjectNode();
            ObjectNode interaction = response.putObject("interaction");
            interaction.put("id", id).put("type", 2);
            answer(exchange, path, 200, response);
        } else {
            answer(exchange, path, 204, response());
        }
    }

    private static ObjectNode response() {
        return JSON.createObjectNode();
    }

    private JsonNode message(HttpExchange exchange, String channelId) {
        ObjectNode message = (ObjectNode) Payloads.tree("variants/MESSAGE_CREATE.dm");
        message.put("id", Long.toString(nextMessage++));
        message.put("channel_id", channelId);
        message.put("content", body(exchange).path("content").asString(""));
        message.set("author", Payloads.tree("READY").path("user"));
        return message;
    }

    private static JsonNode commands(JsonNode wanted) {
        if (wanted instanceof ArrayNode several) {
            several.forEach(one -> commands(one));
        } else if (wanted instanceof ObjectNode one) {
            one.put("id", Payloads.BOT_ID)
                    .put("application_id", Payloads.BOT_ID)
                    .put("version", "1");
        }
        return wanted;
    }

    private static ObjectNode application() {
        ObjectNode application = JSON.createObjectNode();
        application.put("id", Payloads.BOT_ID);
        application.put("name", "Relay Sentinel");
        application.putNull("icon");
        application.put("description", "simulated");
        application.put("summary", "");
        application.put("bot_public", true);
        application.put("bot_require_code_grant", false);
        application.put("verify_key", "0".repeat(64));
        application.put("flags", 27828224);
        ObjectNode owner = application.putObject("owner");
        owner.put("id", "716597073537200359");
        owner.put("username", "marlow.finch");
        owner.put("discriminator", "0");
        owner.putNull("avatar");
        owner.putNull("global_name");
        application.putNull("team");
        return application;
    }

    private static JsonNode body(HttpExchange exchange) {
        try {
            return exchange.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(exchange.body());
        } catch (JacksonException e) {
            // A multipart upload: the simulator keeps its text but does not look into it.
            return JSON.createObjectNode();
        }
    }

    private static ObjectNode error(String message, int code) {
        return JSON.createObjectNode().put("message", message).put("code", code);
    }

    private void answer(HttpExchange exchange, String path, int status, JsonNode json) {
        note(exchange, path, status);
        exchange.json(status, JSON.writeValueAsBytes(json));
    }

    private void note(HttpExchange exchange, String path, int status) {
        if (calls.size() == MOST_CALLS) {
            calls.removeFirst();
        }
        calls.addLast(
                new RestCall(exchange.method(), path, new String(exchange.body(), StandardCharsets.UTF_8), status));
    }
}
