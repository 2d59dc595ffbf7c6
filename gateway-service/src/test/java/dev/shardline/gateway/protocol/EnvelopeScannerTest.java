package dev.shardline.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EnvelopeScannerTest {
    private final EnvelopeScanner scanner = new EnvelopeScanner();

    static List<Samples.Sample> samples() {
        return Samples.all();
    }

    private void scan(String json) throws MalformedPayloadException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        scanner.scan(bytes, 0, bytes.length);
    }

    private @Nullable String guild() {
        return scanner.hasGuild() ? Long.toUnsignedString(scanner.guildId()) : null;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void slicesEverySampleByteForByteWhateverTheOrderOfItsKeys(Samples.Sample sample) throws Exception {
        Random random = new Random(sample.name().hashCode());
        for (int round = 0; round < 12; round++) {
            Writer writer = new Writer(random);
            String data = writer.text(sample.data());
            List<String> members = new ArrayList<>(List.of(
                    writer.key("t") + writer.string(sample.type()),
                    writer.key("s") + 41 + round,
                    writer.key("op") + "0",
                    writer.key("d") + data,
                    writer.key("guild_id") + "\"1\"",
                    writer.key("x") + "{\"d\":[{\"op\":9}]}"));
            Collections.shuffle(members, random);
            String json = writer.blank() + "{" + String.join(writer.blank() + ",", members) + "}" + writer.blank();

            scan(json);

            assertThat(scanner.op()).isZero();
            assertThat(scanner.sequence()).isEqualTo(Long.parseLong("41" + round));
            assertThat(scanner.type()).isEqualTo(sample.type());
            assertThat(new String(scanner.copyData(), StandardCharsets.UTF_8)).isEqualTo(data);
            assertThat(guild()).as("guild of %s", sample.name()).isEqualTo(Oracle.guild(sample.type(), sample.data()));
            assertThat(scanner.routeId()).isEqualTo(Oracle.route(sample.type(), sample.data()));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void judgesDamagedSamplesAsJacksonDoes(Samples.Sample sample) throws Exception {
        Random random = new Random(sample.name().hashCode());
        String text = "{\"t\":\"" + sample.type() + "\",\"s\":7,\"op\":0,\"d\":" + sample.data() + "}";
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 60; round++) {
            byte[] damaged = damage(whole, random);
            boolean accepted = true;
            try {
                scanner.scan(damaged, 0, damaged.length);
            } catch (MalformedPayloadException e) {
                accepted = false;
            }
            JsonNode oracle = Oracle.parse(damaged);
            if (accepted && oracle == null) {
                fail("accepted what Jackson refuses: %s", describe(damaged));
            } else if (accepted && oracle != null) {
                JsonNode data = oracle.path("d");
                assertThat(Samples.JSON.readTree(scanner.copyData())).isEqualTo(data);
                assertThat((long) scanner.op()).isEqualTo(oracle.path("op").asLong());
                assertThat(guild()).isEqualTo(Oracle.guild(oracle.path("t").asString(), data));
            } else if (oracle != null && !describe(damaged).contains("\"op\":-0")) {
                // Jackson reads -0 as 0, which no sender of opcodes writes.
                assertThat(Oracle.isEnvelope(oracle))
                        .as("refused what Jackson accepts: %s", describe(damaged))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void noticesEveryTruncation(Samples.Sample sample) {
        String text = "{\"t\":\"" + sample.type() + "\",\"s\":7,\"op\":0,\"d\":" + sample.data() + "}";
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        int step = Math.max(1, whole.length / 200);
        for (int length = 0; length < whole.length; length += step) {
            int cut = length;
            assertThatThrownBy(() -> scanner.scan(whole, 0, cut)).isInstanceOf(MalformedPayloadException.class);
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(128);
            case 1 -> damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(7));
            case 2 -> {
                int at = random.nextInt(damaged.length);
                damaged = new byte[whole.length - 1];
                System.arraycopy(whole, 0, damaged, 0, at);
                System.arraycopy(whole, at + 1, damaged, at, whole.length - at - 1);
            }
            default -> {
                int at = random.nextInt(damaged.length);
                damaged = new byte[whole.length + 1];
                System.arraycopy(whole, 0, damaged, 0, at);
                damaged[at] = (byte) "{}[]\",:\\0e-.tn".charAt(random.nextInt(14));
                System.arraycopy(whole, at, damaged, at + 1, whole.length - at);
            }
        }
        return damaged;
    }

    private static String describe(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.length() > 2000 ? text.substring(0, 2000) + "..." : text;
    }

    @Test
    void takesTheTopLevelGuildAndNoOther() throws Exception {
        scan("{\"t\":\"MESSAGE_CREATE\",\"s\":1,\"op\":0,\"d\":{\"message_reference\":{\"guild_id\":\"5\"},"
                + "\"content\":\"{\\\"guild_id\\\":\\\"6\\\"}\",\"channel_id\":\"8\",\"guild_id\":\"7\"}}");
        assertThat(guild()).isEqualTo("7");
        assertThat(scanner.routeId()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"18446744073709551615\"",
                "18446744073709551615",
                "\"\\u0031844674407370955161\\u0035\"",
            })
    void readsIdsAsUnsignedNumbersInEveryLegalSpelling(String id) throws Exception {
        scan("{\"op\":0,\"s\":1,\"t\":\"X\",\"d\":{\"guild\\u005fid\":" + id + "}}");
        assertThat(guild()).isEqualTo("18446744073709551615");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\"",
                "\"abc\"",
                "-1",
                "1.5",
                "1e3",
                "true",
                "{}",
                "[]",
                "18446744073709551616",
                "184467440737095516150",
                "\"99999999999999999999\"",
                "\" 1\""
            })
    void whatIsNoIdIsNoGuild(String id) throws Exception {
        scan("{\"op\":0,\"s\":1,\"t\":\"X\",\"d\":{\"guild_id\":" + id + ",\"channel_id\":\"9\"}}");
        assertThat(guild()).isNull();
        assertThat(scanner.routeId()).isEqualTo(9);
    }

    @Test
    void fallsBackToTheOwnIdForGuildEventsOnly() throws Exception {
        scan("{\"d\":{\"id\":\"4\",\"guild_id\":null},\"op\":0,\"s\":1,\"t\":\"GUILD_DELETE\"}");
        assertThat(guild()).isEqualTo("4");
        scan("{\"d\":{\"id\":\"4\"},\"op\":0,\"s\":1,\"t\":\"USER_UPDATE\"}");
        assertThat(guild()).isNull();
        scan(
                "{\"d\":{\"meta\":{\"nonce\":\"x\",\"guild_id\":\"4\"},\"opcode\":8},\"op\":0,\"s\":1,\"t\":\"RATE_LIMITED\"}");
        assertThat(guild()).isEqualTo("4");
    }

    @Test
    void nothingOfOnePayloadShowsInTheNext() throws Exception {
        scan("{\"op\":0,\"s\":9,\"t\":\"X\",\"d\":{\"guild_id\":\"1\",\"channel_id\":\"2\",\"user_id\":\"3\"}}");
        scan("{\"op\":11,\"d\":null,\"s\":null,\"t\":null}");
        assertThat(scanner.op()).isEqualTo(11);
        assertThat(scanner.sequence()).isEqualTo(-1);
        assertThat(scanner.type()).isNull();
        assertThat(scanner.hasGuild()).isFalse();
        assertThat(scanner.routeId()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"op\":0}",
                "{\"op\":0,\"t\":\"X\",\"s\":1}",
                "{\"op\":\"0\"}",
                "{\"op\":1.5}",
                "{\"op\":-1}",
                "{\"op\":99999999999}",
                "{\"op\":1}}",
                "{\"op\":1} x",
                "{\"op\":1,}",
                "{\"op\":1,\"op\":2}",
                "{\"op\":0,\"s\":1,\"t\":\"X\",\"d\":1,\"d\":2}",
                "{\"op\":01}",
                "{op:1}",
                "{'op':1}",
                "{\"op\":1,\"d\":tru}",
                "{\"op\":1,\"d\":[1,]}",
                "{\"op\":1,\"d\":{\"a\"}}",
                "{\"op\":1,\"d\":\"\\x\"}",
                "{\"op\":1,\"d\":\"\\u12\"}",
                "{\"op\":1,\"d\":\"a\nb\"}",
                "{\"op\":1,\"d\":+1}",
                "{\"op\":1,\"d\":.5}",
                "{\"op\":1,\"d\":1.}",
                "{\"op\":1,\"d\":1e}",
                "{\"op\":1,\"d\":{]}}",
                "{\"op\":1,\"d\":[}]}",
                "{\"op\":1/**/}",
                "{\"op\":1,\"d\":NaN}"
            })
    void refusesWhatIsNoEnvelope(String json) {
        assertThatExceptionOfType(MalformedPayloadException.class).isThrownBy(() -> scan(json));
    }

    @Test
    void acceptsTheDeepestNestingThatJacksonAcceptsAndNoDeeper() throws Exception {
        int depth = EnvelopeScanner.MAX_DEPTH - 1;
        scan("{\"op\":1,\"d\":" + "[".repeat(depth) + "]".repeat(depth) + "}");
        assertThatExceptionOfType(MalformedPayloadException.class)
                .isThrownBy(() -> scan("{\"op\":1,\"d\":" + "[".repeat(depth + 1) + "]".repeat(depth + 1) + "}"));
    }

    @Test
    void neverReadsBeyondItsEnd() throws Exception {
        byte[] bytes = "xx{\"op\":1,\"d\":12}34".getBytes(StandardCharsets.UTF_8);
        scanner.scan(bytes, 2, bytes.length - 2);
        assertThat(new String(scanner.copyData(), StandardCharsets.UTF_8)).isEqualTo("12");
        assertThatExceptionOfType(MalformedPayloadException.class)
                .isThrownBy(() -> scanner.scan(bytes, 2, bytes.length - 3));
    }

    /** What Jackson's tree says. */
    private static final class Oracle {
        static @Nullable JsonNode parse(byte[] bytes) {
            try {
                return Samples.JSON.readTree(bytes);
            } catch (JacksonException e) {
                return null;
            }
        }

        /** Whether it is an envelope by our rules, which go beyond the grammar of JSON. */
        static boolean isEnvelope(JsonNode node) {
            JsonNode op = node.path("op");
            JsonNode sequence = node.path("s");
            JsonNode type = node.path("t");
            // Jackson keeps the last of two equal keys; we refuse them.
            boolean once = node.isObject() && node.size() == 4;
            return once
                    && op.isIntegralNumber()
                    && op.canConvertToInt()
                    && op.intValue() >= 0
                    && (sequence.isNull() || (sequence.isIntegralNumber() && sequence.canConvertToLong()))
                    && sequence.asLong(0) >= 0
                    && (op.intValue() == 0 ? type.isString() && node.has("d") : type.isString() || type.isNull());
        }

        static @Nullable String guild(String type, JsonNode data) {
            String own = id(data.path("guild_id"));
            if (own != null) {
                return own;
            }
            return switch (type) {
                case "GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE" -> id(data.path("id"));
                case "RATE_LIMITED" -> id(data.path("meta").path("guild_id"));
                default -> null;
            };
        }

        static long route(String type, JsonNode data) {
            String route = guild(type, data);
            for (String key : List.of("channel_id", "user_id")) {
                route = route == null ? id(data.path(key)) : route;
            }
            return route == null ? 0 : Long.parseUnsignedLong(route);
        }

        private static @Nullable String id(JsonNode node) {
            String text = node.isString() || node.isIntegralNumber() ? node.asString() : "";
            try {
                return text.matches("[0-9]{1,20}") ? Long.toUnsignedString(Long.parseUnsignedLong(text)) : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    /** Writes JSON with random blanks, random escapes and shuffled keys. */
    private static final class Writer {
        private final Random random;

        Writer(Random random) {
            this.random = random;
        }

        String blank() {
            return random.nextInt(4) > 0
                    ? ""
                    : List.of(" ", "\n", "\t", "\r\n ").get(random.nextInt(4));
        }

        String key(String name) {
            return string(name) + blank() + ":" + blank();
        }

        String string(String value) {
            StringBuilder text = new StringBuilder("\"");
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c == '"' || c == '\\') {
                    text.append('\\').append(c);
                } else if (c < 0x20 || random.nextInt(25) == 0 || Character.isSurrogate(c)) {
                    text.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
                } else {
                    text.append(c);
                }
            }
            return text.append('"').toString();
        }

        String text(JsonNode node) {
            if (node instanceof ObjectNode object) {
                List<String> members = new ArrayList<>();
                object.properties().forEach(member -> members.add(key(member.getKey()) + text(member.getValue())));
                Collections.shuffle(members, random);
                return "{" + blank() + String.join(blank() + "," + blank(), members) + "}";
            }
            if (node.isArray()) {
                List<String> items = new ArrayList<>();
                node.forEach(item -> items.add(text(item)));
                return "[" + String.join(",", items) + blank() + "]";
            }
            return node.isString() ? string(node.asString()) : node.toString();
        }
    }

    @Test
    void theSamplesAreAllThere() {
        assertThat(samples()).hasSizeGreaterThan(130);
        assertThat(Arrays.asList("READY", "GUILD_CREATE"))
                .allMatch(type ->
                        samples().stream().anyMatch(sample -> sample.type().equals(type)));
    }
}
