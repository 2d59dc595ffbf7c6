package dev.shardline.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API does for callers with a token, and that it does nothing for others. */
class AdminApiTest {
    private static final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path data) {
        gateway = RunningGateway.start(data, new Class<?>[0], RunningGateway.WITH_TOKENS);
        Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
        logger.setLevel(Level.INFO);
        audit.start();
        logger.addAppender(audit);
    }

    @AfterAll
    static void stop() {
        ((Logger) LoggerFactory.getLogger(Audit.LOGGER)).detachAppender(audit);
        gateway.close();
    }

    // ---- what it shows ----

    @Test
    void statusShowsShardsBrokerSpoolGroupsAndCounters() {
        gateway.discord.emit("MESSAGE_CREATE", gateway.discord.guildId(0));
        await().untilAsserted(() -> {
            JsonNode status = RunningGateway.json(gateway.get("/api/v1/status"));
            assertThat(status.path("ready").asBoolean()).isTrue();
            assertThat(status.path("total").asInt()).isEqualTo(2);
            assertThat(status.path("states").path("READY").asInt()).isEqualTo(2);
            assertThat(status.path("instance").asString()).contains("@");
            JsonNode shard = status.path("shards").get(0);
            assertThat(shard.path("state").asString()).isEqualTo("READY");
            assertThat(shard.path("session_ms").asLong(-1)).isNotNegative();
            assertThat(shard.path("received").asLong()).isPositive();
            assertThat(status.path("broker").path("lanes").get(0).path("state").asString())
                    .isEqualTo("CONNECTED");
            assertThat(status.path("spool").path("max_bytes").asLong()).isPositive();
            assertThat(status.path("groups").get(0).path("name").asString()).isEqualTo("mybot");
            assertThat(status.path("events").path("confirmed").asLong()).isPositive();
            assertThat(status.path("takes_commands").asBoolean()).isTrue();
        });
    }

    @Test
    void aShardCanBeLookedAt() {
        JsonNode shard = RunningGateway.json(gateway.get("/api/v1/shards/1"));
        assertThat(shard.path("shard").asInt()).isEqualTo(1);
        problem(gateway.get("/api/v1/shards/7"), 404, "no-such-shard");
    }

    @Test
    void aGuildIsFoundOnItsShard() {
        long guild = gateway.discord.guildId(1);
        JsonNode reply = RunningGateway.json(gateway.get("/api/v1/guilds/" + guild));
        assertThat(reply.path("result").path("shard").asInt()).isEqualTo((int) ((guild >>> 22) % 2));
        problem(gateway.get("/api/v1/guilds/nobody"), 422, "command-invalid");
    }

    // ---- what it does ----

    @Test
    void anyCommandCanBeSentAndIsAnsweredWithItsOutcome() {
        HttpResponse<String> response = gateway.send("POST", "/api/v1/commands", """
                {"id":"p-1","type":"update_presence","target":"all","payload":{"status":"dnd"}}""");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode reply = RunningGateway.json(response);
        assertThat(reply.path("id").asString()).isEqualTo("p-1");
        assertThat(reply.path("outcome").asString()).isEqualTo("SENT");
        assertThat(reply.path("shards")).hasSize(2);
        await().untilAsserted(() -> assertThat(gateway.discord.presences().values())
                .hasSize(2)
                .allSatisfy(presence -> assertThat(presence).contains("\"dnd\"")));
    }

    @Test
    void aResultOfDiscordComesBack() {
        JsonNode reply = RunningGateway.json(
                gateway.send("POST", "/api/v1/commands", """
                {"type":"request_guild_members","target":"guild.%d","payload":{"query":"a","limit":5}}""".formatted(gateway.discord.guildId(0))));
        assertThat(reply.path("outcome").asString()).as(reply.toString()).isEqualTo("RESULT");
        assertThat(reply.path("result").has("members")).as(reply.toString()).isTrue();
    }

    @Test
    void theSameIdIsTheSameCommand() {
        String body = """
                {"id":"once","type":"restart_shard","target":"shard.0","timeout_ms":5000}""";
        HttpResponse<String> first = gateway.send("POST", "/api/v1/commands", body);
        HttpResponse<String> second = gateway.send("POST", "/api/v1/commands", body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/v1/reshard, ''",
        "POST, /api/v1/shards/0/move, '{\"worker\":1}'",
        "POST, /api/v1/workers/0/drain, ''"
    })
    void whatNeedsAClusterSaysSo(String method, String path, String body) {
        JsonNode problem = problem(gateway.send(method, path, body), 422, "command-invalid");
        assertThat(problem.path("detail").asString()).contains("single instance");
        assertThat(problem.path("outcome").asString()).isEqualTo("INVALID");
    }

    @Test
    void theShardCountIsJudgedAndShown() {
        await().untilAsserted(() -> {
            JsonNode reply = RunningGateway.json(gateway.get("/api/v1/reshard"));
            assertThat(reply.path("text").asString()).contains("no change of the shard count is under way", "fits");
            JsonNode result = reply.path("result");
            assertThat(result.path("decision").asString()).isEqualTo("stay");
            assertThat(result.path("shards").asInt()).isEqualTo(2);
            assertThat(result.path("guilds").asInt()).isEqualTo(4);
            assertThat(result.path("recommended").asInt()).isEqualTo(2);
            assertThat(result.path("identifies_left").path("max_concurrency").asInt())
                    .isEqualTo(2);
            assertThat(result.path("next_ms").asLong()).isPositive();
        });
        assertThat(gateway.send(gateway.to("/actuator/health")).body())
                .contains("\"reshard\":{\"details\":{", "\"decision\":\"STAY\"");
        assertThat(gateway.send(gateway.to("/actuator/prometheus")).body())
                .contains("shardline_reshard_guilds 4.0", "shardline_reshard_checks_total{result=\"stay\"}")
                .contains("shardline_reshard_advised 2.0", "shardline_reshard_load", "shardline_reshard_recommended");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/reshard/plan, '{\"shards\":16}'", "/api/v1/reshard, '{\"shards\":16,\"dry_run\":true}'"})
    void aPlanSaysWhatAnotherShardCountCosts(String path, String body) {
        JsonNode reply = RunningGateway.json(gateway.send("POST", path, body));
        assertThat(reply.path("text").asString())
                .contains("a plan only, nothing was changed", "from 2 to 16 shards", "16 identifies");
        JsonNode plan = reply.path("result");
        assertThat(plan.path("identifies").asInt()).isEqualTo(16);
        assertThat(plan.path("takes_ms").asLong()).as("8 rounds of 2").isEqualTo(7 * 5_100);
        assertThat(plan.path("affordable").asBoolean()).isTrue();
        assertThat(plan.path("identifies_left").path("remaining").asInt()).isPositive();
    }

    @Test
    void aPlanWithoutACountTakesTheRecommendedOne() {
        JsonNode reply = RunningGateway.json(gateway.send("POST", "/api/v1/reshard/plan", ""));
        assertThat(reply.path("result").path("shards").asInt())
                .as(reply.toString())
                .isEqualTo(2);
        problem(gateway.send("POST", "/api/v1/reshard/plan", "{\"shards\":0}"), 422, "command-invalid");
    }

    @Test
    void theShardCountCannotBeChangedYetAndTheAnswerSaysWhatToDoInstead() {
        JsonNode problem = problem(gateway.send("POST", "/api/v1/reshard", "{\"shards\":4}"), 422, "command-invalid");
        assertThat(problem.path("detail").asString())
                .contains("cannot change its shard count while it runs", "SHARDLINE_SHARDS_TOTAL=4 and restart")
                .contains("not resumed", "dry_run");
    }

    @Test
    void whenTheShardCountIsTooSmallCanBeChanged() {
        HttpResponse<String> response = gateway.send("PATCH", "/api/v1/reshard/settings", """
                {"settings":{"guilds_per_shard":2,"threshold":0.9,"target":0.4,"check_interval":"30m"}}""");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(RunningGateway.json(response).path("settings"))
                .hasToString("{\"mode\":\"advise\",\"threshold\":0.9,\"target\":0.4,\"guilds_per_shard\":2,"
                        + "\"check_interval\":\"30m\"}");
        await().untilAsserted(() -> {
            JsonNode reply = RunningGateway.json(gateway.get("/api/v1/reshard"));
            assertThat(reply.path("result").path("decision").asString()).isEqualTo("reshard");
            assertThat(reply.path("result").path("advised").asInt())
                    .as("4 guilds at 0.8 each, in twos")
                    .isEqualTo(6);
            assertThat(reply.path("text").asString()).contains("6 shards are advised");
        });
        assertThat(lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("action=\"set_reshard\"", "outcome=\"DONE\"", "'guilds_per_shard':2"));
        JsonNode problem = problem(
                gateway.send("PATCH", "/api/v1/reshard/settings", "{\"settings\":{\"threshold\":80}}"),
                400,
                "invalid-body");
        assertThat(problem.path("detail").asString()).isEqualTo("settings.threshold must be above 0 up to 1, was 80.0");
        gateway.send("PATCH", "/api/v1/reshard/settings", """
                {"settings":{"guilds_per_shard":null,"threshold":null,"target":null,"check_interval":null}}""");
        assertThat(RunningGateway.json(gateway.get("/api/v1/reshard/settings")).path("settings"))
                .hasToString("{\"mode\":\"advise\",\"threshold\":0.8,\"target\":0.5,\"guilds_per_shard\":2500,"
                        + "\"check_interval\":\"1h\"}");
        await().untilAsserted(() -> assertThat(RunningGateway.json(gateway.get("/api/v1/reshard"))
                        .path("result")
                        .path("decision")
                        .asString())
                .isEqualTo("stay"));
    }

    @Test
    void aCommandForAShardElsewhereSaysSo() {
        problem(gateway.send("POST", "/api/v1/shards/9/restart", "{}"), 404, "command-no-such-shard");
    }

    @Test
    void aShardIsRestarted() {
        assertThat(gateway.send("POST", "/api/v1/shards/1/restart", "{\"fresh\":true}")
                        .statusCode())
                .isEqualTo(200);
        await().until(() -> RunningGateway.json(gateway.get("/api/v1/shards/1"))
                .path("state")
                .asString()
                .equals("READY"));
    }

    @Test
    void presenceIsSet() {
        assertThat(gateway.send("PUT", "/api/v1/presence", """
                        {"status":"idle","activities":[{"type":0,"name":"chess"}]}""").statusCode()).isEqualTo(200);
        JsonNode problem = problem(
                gateway.send("PUT", "/api/v1/shards/0/presence", "{\"status\":\"busy\"}"), 422, "command-invalid");
        assertThat(problem.path("detail").asString()).contains("payload.status must be online");
    }

    @Test
    void aLogLevelIsSet() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.shardline.some.feature");
        assertThat(gateway.send("PUT", "/api/v1/loggers/dev.shardline.some.feature", "{\"level\":\"DEBUG\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(logger.getLevel()).isEqualTo(Level.DEBUG);
        problem(
                gateway.send("PUT", "/api/v1/loggers/dev.shardline.some.feature", "{\"level\":\"LOUD\"}"),
                422,
                "command-invalid");
    }

    @Test
    void eventsAreLeftOutAndLetThroughAgain() {
        HttpResponse<String> response =
                gateway.send("PATCH", "/api/v1/filters", "{\"settings\":{\"deny\":[\"TYPING_START\"]}}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        GatewayView view = gateway.context.getBean(GatewayView.class);
        long before = view.counters().filtered.sum();
        gateway.discord.emit("TYPING_START", gateway.discord.guildId(0));
        await().until(() -> view.counters().filtered.sum() == before + 1);
        gateway.send("PATCH", "/api/v1/filters", "{\"settings\":{\"deny\":null}}");
        assertThat(RunningGateway.json(gateway.get("/api/v1/filters"))
                        .path("settings")
                        .path("deny"))
                .isEmpty();
        JsonNode problem =
                problem(gateway.send("PATCH", "/api/v1/filters", "{\"settings\":{\"deny\":7}}"), 400, "invalid-body");
        assertThat(problem.path("detail").asString()).contains("deny");
    }

    @Test
    void aMisspelledEventInAFilterIsRefusedByName() {
        JsonNode problem = problem(
                gateway.send("PATCH", "/api/v1/filters", "{\"settings\":{\"deny\":[\"TYPING_STRAT\"]}}"),
                400,
                "invalid-body");
        assertThat(problem.path("detail").asString())
                .contains("settings.deny names \"TYPING_STRAT\"", "did you mean TYPING_START?");
    }

    // ---- the audit log ----

    @Test
    void everyChangeIsWrittenDown() {
        gateway.send("PUT", "/api/v1/shards/0/presence", "{\"status\":\"online\"}");
        await().untilAsserted(() -> assertThat(lines())
                .anySatisfy(line -> assertThat(line)
                        .contains("who=\"ops\"", "role=\"operate\"", "via=\"token\"", "peer=\"127.0.0.1\"")
                        .contains("action=\"update_presence\"", "target=\"shard.0\"", "outcome=\"SENT\"")));
        assertThat(gateway.send(gateway.to("/actuator/prometheus")).body())
                .contains("shardline_api_changes_total{action=\"update_presence\",outcome=\"SENT\"}");
    }

    @Test
    void aStrangersWordsMakeNoLinesOfTheirOwn() {
        gateway.send("POST", "/api/v1/commands", """
                {"type":"greet\\nwho=\\"root\\"","target":"cluster"}""");
        gateway.send("POST", "/api/v1/commands", """
                {"type":"greet","target":"cluster"}""");
        await().untilAsserted(() ->
                assertThat(lines()).anySatisfy(line -> assertThat(line).contains("action=\"other\"")));
        assertThat(lines()).noneMatch(line -> line.contains("\n"));
    }

    private static List<String> lines() {
        return List.copyOf(audit.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    // ---- who is let in ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/status",
                "/api/v1/openapi.json",
                "/api/v1/nothing",
                "/api/v2/status",
                "/api",
                "/api/",
                "/api/v1/status/",
                "/api/v1/status?x=/actuator/health"
            })
    void nobodyIsLetInWithoutAToken(String path) {
        for (String method : new String[] {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}) {
            HttpResponse<String> response =
                    gateway.send(gateway.to(path).method(method, HttpRequest.BodyPublishers.ofString("{}")));
            assertThat(response.statusCode()).as(method).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
        }
        JsonNode problem = problem(gateway.send(gateway.to(path)), 401, "unauthorized");
        assertThat(problem.path("detail").asString()).contains("Authorization: Bearer", "shardline.api.tokens");
    }

    /** Of whatever the API will have: a new path cannot be forgotten. */
    static Stream<Arguments> everyOperation() throws IOException {
        return new JsonMapper()
                .readTree(Files.readString(Path.of("..", "docs", "openapi.json"))).path("paths").properties().stream()
                        .flatMap(path -> path.getValue().properties().stream()
                                .map(operation -> Arguments.of(
                                        operation.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey()
                                                .replace("{shard}", "0")
                                                .replace("{worker}", "0")
                                                .replace("{guild}", "1")
                                                .replace("{logger}", "a"))));
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void noOperationIsOpenAndWhoMayReadMayOnlyLook(String method, String path) {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
        problem(
                gateway.send(gateway.to(path)
                        .header("Content-Type", "application/json")
                        .method(method, body)),
                401,
                "unauthorized");
        HttpResponse<String> reader = gateway.send(gateway.to(path, RunningGateway.READ)
                .header("Content-Type", "application/json")
                .method(method, body));
        if (method.equals("GET")) {
            assertThat(reader.statusCode()).as(reader.body()).isIn(200, 404);
        } else {
            problem(reader, 403, "forbidden");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong-token-0123456789-abcdef",
                "Bearer ",
                "Bearer",
                "Basic b3BzOm9wZXJhdG9yLXRva2VuLTAxMjM0NTY3ODktYWJjZGVm",
                "operator-token-0123456789-abcdef",
                "Bearer operator-token-0123456789-abcde",
                "Bearer operator-token-0123456789-abcdefg",
                "Bearer OPERATOR-TOKEN-0123456789-ABCDEF",
                "Bearer sha256:0000000000000000000000000000000000000000000000000000000000000000"
            })
    void aWrongTokenIsRefused(String authorization) {
        HttpResponse<String> response =
                gateway.send(gateway.to("/api/v1/status").header("Authorization", authorization));
        problem(response, 401, "unauthorized");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse("")).contains("invalid_token");
        assertThat(response.body()).doesNotContain("0123456789", "b3Bz");
    }

    @Test
    void aTokenInTheUrlIsNone() {
        problem(gateway.send(gateway.to("/api/v1/status?access_token=" + RunningGateway.OPERATE)), 401, "unauthorized");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/commands",
        "POST, /api/v1/shards/0/restart",
        "POST, /api/v1/shards/0/move",
        "POST, /api/v1/workers/0/drain",
        "POST, /api/v1/reshard",
        "DELETE, /api/v1/reshard",
        "PUT, /api/v1/presence",
        "PUT, /api/v1/shards/0/presence",
        "PUT, /api/v1/loggers/ROOT",
        "PATCH, /api/v1/filters",
        "POST, /api/v1/reshard/plan",
        "PATCH, /api/v1/reshard/settings",
        "DELETE, /api/v1/nothing"
    })
    void whoMayReadMayNotChange(String method, String path) {
        JsonNode problem = problem(
                gateway.send(gateway.to(path, RunningGateway.READ)
                        .header("Content-Type", "application/json")
                        .header("X-HTTP-Method-Override", "GET")
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"))),
                403,
                "forbidden");
        assertThat(problem.path("detail").asString()).contains("operate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health/../../api/v1/status",
                "/api/v1/../v1/status",
                "//api/v1/status",
                "/api//v1/status",
                "/api/v1/./status",
                "/api;x=y/v1/status",
                "/api/v1;/status",
                "/api/v1/status;.css",
                "/%61pi/v1/status",
                "/api%2fv1/status",
                "/api/v1%2e/status",
                "/api/v1/%2e%2e/v1/status",
                "/API/v1/status",
                "/api/v1/status%00",
                "/actuator/..;/api/v1/status",
                "/static/%2e%2e/api/v1/status"
            })
    void noWayOfWritingThePathLeadsAroundTheToken(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .doesNotContain("HTTP/1.1 200")
                .doesNotContain("\"shards\"")
                .doesNotContain("\tat ");
    }

    @Test
    void whatABrowserMayNotKeepIsMarkedSo() {
        HttpResponse<String> response = gateway.get("/api/v1/status");
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    // ---- mistakes ----

    @Test
    void anUnknownPathIsAProblem() {
        problem(gateway.get("/api/v1/nothing"), 404, "not-found");
        problem(gateway.get("/api/v1/status/"), 404, "not-found");
        problem(gateway.get("/api/v2/status"), 404, "not-found");
    }

    @Test
    void aWrongMethodIsAProblemThatNamesTheRightOne() {
        HttpResponse<String> response = gateway.send("DELETE", "/api/v1/status", "");
        problem(response, 405, "method-not-allowed");
        assertThat(response.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    @Test
    void aBodyThatIsNotJsonIsAProblem() {
        problem(
                gateway.send(gateway.to("/api/v1/commands", RunningGateway.OPERATE)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                415,
                "unsupported-media-type");
        problem(
                gateway.send(gateway.to("/api/v1/status", RunningGateway.READ).header("Accept", "text/html")),
                406,
                "not-acceptable");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":                                        | body",
                "''                                                | body",
                "[]                                                | body",
                "null                                              | body",
                "{}                                                | type is missing",
                "{\"type\":\"status\"}                             | target is missing",
                "{\"type\":\"status\",\"target\":\"cluster\",\"timeout\":5} | timeout",
                "{\"type\":\"status\",\"target\":\"cluster\",\"timeout_ms\":\"x\"} | timeout_ms",
                "{\"type\":\"status\",\"target\":\"cluster\",\"timeout_ms\":0} | timeout_ms",
                "{\"type\":\"status\",\"target\":\"cluster\",\"timeout_ms\":99999999999} | timeout_ms",
                "{\"type\":\"status\",\"target\":\"cluster\",\"payload\":[]} | payload",
                "{\"type\":\"status\",\"target\":\"galaxy\"}       | target",
                "{\"type\":\"STATUS\",\"target\":\"cluster\"}      | type",
                "{\"type\":\"status\",\"target\":\"cluster\",\"id\":\"a b\"} | id",
                "{\"type\":\"status\",\"type\":\"x\",\"target\":\"cluster\"} | a property is there twice",
                "{\"type\":\"status\",\"target\":\"cluster\"} {}   | body"
            })
    void aMistakeInTheBodyIsNamed(String body, String named) {
        JsonNode problem = problem(gateway.send("POST", "/api/v1/commands", body), 400, "invalid-body");
        assertThat(problem.path("detail").asString()).contains(named).doesNotContain("dev.shardline", "tools.jackson");
    }

    @Test
    void anOversizedBodyIsRefused() {
        String payload = "{\"a\":\"" + "x".repeat(20_000) + "\"}";
        problem(
                gateway.send(
                        "POST",
                        "/api/v1/commands",
                        "{\"type\":\"status\",\"target\":\"cluster\",\"payload\":" + payload + "}"),
                413,
                "too-large");
        // Just below the limit as HTTP, above it as a command.
        String near = "{\"a\":\"" + "x".repeat(16_300) + "\"}";
        assertThat(gateway.send(
                                "POST",
                                "/api/v1/commands",
                                "{\"type\":\"status\",\"target\":\"cluster\",\"payload\":" + near + "}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aParameterOfTheWrongKindIsNamed() {
        JsonNode problem = problem(gateway.get("/api/v1/shards/first"), 400, "invalid-parameter");
        assertThat(problem.path("field").asString()).isEqualTo("shard");
    }

    @Test
    void deepNestingDoesNoHarm() {
        String deep = "[".repeat(4000) + "]".repeat(4000);
        HttpResponse<String> response = gateway.send(
                "POST",
                "/api/v1/commands",
                "{\"type\":\"send_payload\",\"target\":\"all\",\"payload\":{\"op\":31,\"d\":" + deep + "}}");
        assertThat(response.statusCode()).isBetween(400, 499);
        assertThat(response.body()).doesNotContain("\tat ", "Exception");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static JsonNode problem(HttpResponse<String> response, int status, String word) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).isEqualTo("application/problem+json");
        JsonNode problem = RunningGateway.json(response);
        assertThat(problem.path("type").asString()).isEqualTo("urn:shardline:problem:" + word);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(response.body()).doesNotContain("\tat ", "trace");
        return problem;
    }
}
