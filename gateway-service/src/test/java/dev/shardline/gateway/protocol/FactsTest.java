package dev.shardline.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Intents, close codes, addresses, the token and what is sent. */
class FactsTest {
    private static final Token TOKEN = Token.of("secret.token");

    @Test
    void allDocumentedIntentsMakeDiscordsNumber() {
        long all = Intent.bits(Arrays.stream(Intent.values()).map(Enum::name).toList());
        assertThat(all).isEqualTo(53608447);
        long unprivileged = Arrays.stream(Intent.values())
                .filter(intent -> !intent.privileged())
                .mapToLong(Intent::bit)
                .sum();
        assertThat(unprivileged).isEqualTo(53575421);
        assertThat(Intent.bits(
                        Intent.names(all).stream().map(String::toLowerCase).toList()))
                .isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({
        "GUILD_MESAGES,GUILD_MESSAGES",
        "MESSAGES_CONTENT,MESSAGE_CONTENT",
        "GUILD,GUILDS",
        "presences,GUILD_PRESENCES"
    })
    void anUnknownIntentIsNamedTogetherWithTheClosestValidOne(String wrong, String meant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Intent.bits(List.of("GUILDS", wrong)))
                .withMessageContaining("\"" + wrong + "\"")
                .withMessageContaining("did you mean " + meant + "?");
    }

    @Test
    void aNumberStandsForItselfAmongIntents() {
        assertThat(Intent.bits(List.of("guilds", "131072"))).isEqualTo(1 | 131072);
        assertThat(Intent.names(1 | 131072)).containsExactly("GUILDS", "1<<17");
    }

    @ParameterizedTest
    @CsvSource({
        "1000,RESUME",
        "1001,RESUME",
        "1005,RESUME",
        "1006,RESUME",
        "4000,RESUME",
        "4001,RESUME",
        "4002,RESUME",
        "4003,RESUME",
        "4004,STOP",
        "4005,RESUME",
        "4006,RESUME",
        "4007,IDENTIFY",
        "4008,RESUME",
        "4009,RESUME",
        "4010,STOP",
        "4011,STOP",
        "4012,STOP",
        "4013,STOP",
        "4014,STOP",
        "4999,RESUME",
        "0,RESUME",
        "1011,RESUME"
    })
    void aCloseCodePermits(int code, CloseCode.Next next) {
        assertThat(CloseCode.of(code).next()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://gateway.discord.gg/,ZSTD_STREAM,wss://gateway.discord.gg/?v=10&encoding=json&compress=zstd-stream",
        "wss://gateway-us-east1-c.discord.gg,ZLIB_STREAM,"
                + "wss://gateway-us-east1-c.discord.gg/?v=10&encoding=json&compress=zlib-stream",
        "ws://localhost:8080/gw?v=9,NONE,ws://localhost:8080/gw?v=10&encoding=json",
        "wss://h,PAYLOAD,wss://h/?v=10&encoding=json"
    })
    void everyDialCarriesVersionEncodingAndCompression(String base, Compression compression, String address) {
        assertThat(GatewayUrl.of(base, compression)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://discord.com", "gateway.discord.gg", "ws://", "not a url"})
    void anAddressThatIsNoWebSocketIsNamed(String wrong) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayUrl.of(wrong, Compression.NONE))
                .withMessageContaining(wrong);
    }

    @Test
    void theTokenIsNeverPrinted() {
        assertThat(TOKEN).hasToString("Token[hidden]");
        Payload identify = Payloads.identify(TOKEN, 0, 1, 1, Map.of(), 50, false, null);
        assertThat(identify.json()).contains("secret.token");
        assertThat(identify.toString()).doesNotContain("secret");
        assertThat(Payloads.resume(TOKEN, "s", 1).toString()).doesNotContain("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Token.of("sec ret"))
                .withMessageNotContaining("sec");
    }

    @Test
    void theTokenIsTakenWithAndWithoutItsPrefix() {
        assertThat(Token.of(" Bot secret.token \n")).isEqualTo(TOKEN);
        assertThat(TOKEN.authorization()).isEqualTo("Bot secret.token");
        assertThat(TOKEN.bare()).isEqualTo("secret.token");
    }

    @Test
    void identifyCarriesShardIntentsAndPresence() {
        Payload presence = Payloads.presence(
                new Presence("idle", List.of(new Presence.Activity("chess", 0, null, null)), 5L, true));
        JsonNode node =
                Samples.JSON.readTree(Payloads.identify(TOKEN, 3, 16, 513, Map.of("os", "linux"), 250, true, presence)
                        .json());
        assertThat(node).isEqualTo(Samples.JSON.readTree("""
                {"op":2,"d":{"token":"secret.token","intents":513,"properties":{"os":"linux"},"shard":[3,16],
                "large_threshold":250,"compress":true,"presence":{"since":5,"activities":[{"name":"chess","type":0}],
                "status":"idle","afk":true}}}"""));
    }

    @Test
    void aHeartbeatCarriesNullBeforeAnythingWasHandled() {
        assertThat(Payloads.heartbeat(0).json()).isEqualTo("{\"op\":1,\"d\":null}");
        assertThat(Payloads.heartbeat(251).json()).isEqualTo("{\"op\":1,\"d\":251}");
    }

    @Test
    void leavingAVoiceChannelSaysSoInPlainNull() {
        assertThat(Samples.JSON.readTree(
                        Payloads.voiceState("1", null, false, true).json()))
                .isEqualTo(
                        Samples.JSON.readTree(
                                "{\"op\":4,\"d\":{\"guild_id\":\"1\",\"channel_id\":null,\"self_mute\":false,\"self_deaf\":true}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"op\":2,\"d\":{}}", "{\"op\":6}", "{\"op\":1,\"d\":1}", "[]", "{", "{\"d\":1}"})
    void aRawPayloadMustBeOneThatBotsMaySend(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> Payloads.raw(json));
    }

    @Test
    void anOpcodeOfTomorrowGoesOutAsItIs() {
        assertThat(Payloads.raw("{\"op\":44}").json()).isEqualTo("{\"op\":44}");
    }

    @Test
    void aRawPayloadGoesOutAsItIs() {
        String json = "{ \"op\": 8, \"d\": {\"guild_id\":\"1\"} }";
        assertThat(Payloads.raw(json)).isEqualTo(new Payload(Opcode.REQUEST_GUILD_MEMBERS, json));
    }
}
