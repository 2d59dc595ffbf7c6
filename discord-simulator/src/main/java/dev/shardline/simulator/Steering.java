package dev.shardline.simulator;

import dev.shardline.simulator.gateway.Fault;
import dev.shardline.simulator.gateway.ShardFilter;
import dev.shardline.simulator.ledger.Audit;
import dev.shardline.simulator.load.EventMix;
import dev.shardline.simulator.net.HttpExchange;
import dev.shardline.simulator.net.HttpHandler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Steers the simulator over HTTP; docs/simulator.md describes every endpoint. Reactor's thread only. */
final class Steering implements HttpHandler {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DiscordSimulator discord;
    private @Nullable Audit audit;

    Steering(DiscordSimulator discord) {
        this.discord = discord;
    }

    @Override
    public void handle(HttpExchange exchange) {
        try {
            JsonNode answer =
                    answer(exchange.method() + " " + exchange.path().replaceFirst("^/simulator/?", ""), exchange);
            if (answer == null) {
                exchange.json(404, "{\"error\":\"no such endpoint; see docs/simulator.md\"}");
            } else {
                exchange.json(200, JSON.writeValueAsBytes(answer));
            }
        } catch (JacksonException e) {
            exchange.json(400, error("the body is not JSON: " + e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            exchange.json(400, error(String.valueOf(e.getMessage())));
        }
    }

    private static byte[] error(String message) {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("error", message));
    }

    private @Nullable JsonNode answer(String route, HttpExchange exchange) {
        if (route.equals("POST audit/saw")) {
            audit().saw(exchange.body());
            return done(1);
        }
        JsonNode body = exchange.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(exchange.body());
        if (route.startsWith("POST shards/")) {
            return onShards(route.substring("POST shards/".length()), body);
        }
        return switch (route) {
            case "GET ", "GET status" -> status();
            case "GET sessions" -> JSON.valueToTree(discord.sessions());
            case "GET received" -> JSON.valueToTree(discord.received());
            case "GET rest-calls" -> JSON.valueToTree(discord.restCalls());
            case "GET interactions" -> interactions();
            case "GET presences" -> JSON.valueToTree(discord.presences());
            case "GET guilds" ->
                JSON.valueToTree(
                        discord.guildIds().stream().map(Long::toUnsignedString).toList());
            case "POST guilds" -> guilds(body);
            case "POST events" -> events(body);
            case "POST load" -> load(body);
            case "DELETE load" -> {
                discord.load().stop();
                yield done(1);
            }
            case "POST faults" -> fault(body);
            case "DELETE faults" -> {
                discord.disarmAll();
                yield done(1);
            }
            case "POST resume-url" -> {
                discord.refuseResumeUrl(required(body, "refuse").asBoolean());
                yield done(1);
            }
            case "POST identify-budget" -> {
                discord.identifyBudget(
                        required(body, "total").asInt(),
                        required(body, "remaining").asInt());
                yield done(1);
            }
            case "POST audit" -> {
                audit = discord.ledger().audit();
                yield done(1);
            }
            case "GET audit" -> auditReport();
            default -> null;
        };
    }

    private Audit audit() {
        Audit running = audit;
        if (running == null) {
            running = discord.ledger().audit();
            audit = running;
        }
        return running;
    }

    private JsonNode auditReport() {
        ObjectNode report = JSON.valueToTree(audit().report());
        report.put("longestSilence", audit().report().longestSilence().toString());
        return report;
    }

    private JsonNode status() {
        ObjectNode status = JSON.createObjectNode();
        status.put("apiUrl", discord.apiUrl());
        status.put("gatewayUrl", discord.gatewayUrl());
        status.put("resumeGatewayUrl", discord.resumeGatewayUrl());
        status.put("guilds", discord.guildIds().size());
        status.put("identifiesRemaining", discord.identifiesRemaining());
        status.put("eventsPerSecond", discord.load().rate());
        ObjectNode ledger = status.putObject("ledger");
        ledger.put("generated", discord.ledger().generated());
        ledger.put("unowed", discord.ledger().unowed());
        ledger.put("discardedByDiscord", discord.ledger().discardedByDiscord());
        status.set("stats", JSON.valueToTree(discord.stats()));
        return status;
    }

    private JsonNode interactions() {
        var list = JSON.createArrayNode();
        discord.interactionCallbacks().forEach(callback -> {
            ObjectNode entry = list.addObject();
            entry.put("interactionId", callback.interactionId());
            entry.put("type", callback.type());
            entry.put("body", callback.body());
            entry.put("latencyMillis", callback.latency().toNanos() / 1e6);
            entry.put("status", callback.status());
            entry.put("code", callback.code());
        });
        return list;
    }

    private JsonNode guilds(JsonNode body) {
        long guildId = Long.parseUnsignedLong(required(body, "id").asString());
        switch (body.path("action").asString("join")) {
            case "join" -> discord.addGuild(guildId);
            case "leave" -> discord.removeGuild(guildId);
            case "unavailable" -> discord.guildUnavailable(guildId);
            case "available" -> discord.guildAvailable(guildId);
            case "large" ->
                discord.largeGuildCreate(guildId, required(body, "bytes").asInt());
            default ->
                throw new IllegalArgumentException("action must be join, leave, unavailable, available or large");
        }
        return done(1);
    }

    private JsonNode events(JsonNode body) {
        if (body.has("d")) {
            String type = required(body, "type").asString();
            String d = body.path("d").toString();
            return done(body.has("shards") ? discord.dispatchTo(shards(body), type, d) : discord.dispatch(type, d));
        }
        String sample = required(body, "sample").asString();
        long guildId = Long.parseUnsignedLong(body.path("guildId").asString("0"));
        int sessions = 0;
        for (int i = 0; i < body.path("count").asInt(1); i++) {
            sessions = discord.emit(sample, guildId);
        }
        return done(sessions);
    }

    private JsonNode load(JsonNode body) {
        if (body.path("mix").isObject()) {
            Map<String, Integer> weights = new LinkedHashMap<>();
            body.path("mix")
                    .properties()
                    .forEach(e -> weights.put(e.getKey(), e.getValue().asInt()));
            discord.load().mix(EventMix.of(weights));
        }
        if (body.has("burst")) {
            discord.load().burst(body.path("burst").asInt());
        }
        if (body.has("count")) {
            // The caller sees the end in GET status.
            CompletableFuture<Void> unused = discord.load()
                    .generate(
                            body.path("count").asLong(),
                            required(body, "eventsPerSecond").asDouble());
        } else if (body.has("eventsPerSecond")) {
            discord.load().start(body.path("eventsPerSecond").asDouble());
        }
        return done(1);
    }

    private JsonNode fault(JsonNode body) {
        String name = required(body, "fault").asString().toUpperCase(Locale.ROOT);
        discord.arm(
                Fault.valueOf(name),
                shards(body),
                body.path("times").asInt(1),
                body.path("parameter").asLong(0));
        return done(1);
    }

    private @Nullable JsonNode onShards(String action, JsonNode body) {
        ShardFilter shards = shards(body);
        return switch (action) {
            case "close" ->
                done(discord.closeConnections(
                        shards,
                        body.path("code").asInt(4000),
                        body.path("reason").asString("simulated")));
            case "reset" -> done(discord.resetConnections(shards));
            case "drop" -> done(discord.dropConnections(shards));
            case "freeze" -> done(discord.freeze(shards));
            case "thaw" -> done(discord.thaw(shards));
            case "pause-reading" ->
                done(discord.pauseReading(shards, body.path("paused").asBoolean(true)));
            case "reconnect" ->
                done(discord.requestReconnect(
                        shards,
                        body.has("closeAfterMillis")
                                ? Duration.ofMillis(
                                        body.path("closeAfterMillis").asLong())
                                : null));
            case "invalid-session" ->
                done(discord.invalidateSessions(shards, body.path("resumable").asBoolean(false)));
            case "request-heartbeat" -> done(discord.requestHeartbeat(shards));
            case "expire" -> done(discord.expireSessions(shards));
            case "raw" -> done(discord.sendRaw(shards, required(body, "text").asString()));
            default -> null;
        };
    }

    private static ShardFilter shards(JsonNode body) {
        return ShardFilter.parse(body.path("shards").asString("all"));
    }

    private static JsonNode required(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalArgumentException("the field \"" + field + "\" is missing");
        }
        return value;
    }

    private static JsonNode done(int affected) {
        return JSON.createObjectNode().put("affected", affected);
    }
}
