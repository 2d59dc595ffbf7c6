package dev.shardline.contract.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandCodecTest {
    private static final Command COMMAND = new Command(
            "c0ffee",
            CommandTypes.UPDATE_PRESENCE,
            Target.all(),
            1_795_000_000_000L,
            Presence.playing("chess").toJson());

    @Test
    void readsBackEveryTarget() {
        for (Target target :
                List.of(Target.shard(7), Target.guild(820993970405679409L), Target.all(), Target.cluster())) {
            Command command = new Command("a", "status", target, 1, CommandCodec.object());
            assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
            assertThat(Target.parse(target.routingKey())).isEqualTo(target);
        }
    }

    /** The text that docs/commands.md shows to other languages. */
    @Test
    void writesWhatTheDocumentationShows() {
        assertThat(new String(CommandCodec.encode(COMMAND), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":1,\"id\":\"c0ffee\",\"type\":\"update_presence\",\"target\":\"all\","
                        + "\"deadline\":1795000000000,\"payload\":{\"since\":null,\"activities\":"
                        + "[{\"name\":\"chess\",\"type\":0}],\"status\":\"online\",\"afk\":false}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "version|2|command.version must be 1, was 2: use a matching SDK",
                "id|\"a b\"|id must be 1 to 64 letters, digits, '.', '_', ':' or '-', was \"a b\"",
                "id|7|command.id must be text of 1 to 64 characters, was 7",
                "type|\"Status\"|type must be 1 to 64 lower-case letters",
                "target|\"guild.x\"|target id must be decimal digits, was \"x\"",
                "target|\"shard.12345678\"|target shard must be 0 to 999999, was 12345678",
                "target|\"user.me\"|target id must be decimal digits, was \"me\"",
                "target|\"moon\"|target must be shard.<id>, guild.<id>, user.<id>, all or cluster, was \"moon\"",
                "deadline|\"soon\"|command.deadline must be a whole number from 1 to",
                "deadline|0|command.deadline must be a whole number from 1 to",
                "deadline|1e30|command.deadline must be a whole number from 1 to",
                "payload|[]|command.payload must be an object, was an array of 0",
            })
    void namesTheFieldTheValueAndTheMend(String field, String value, String message) {
        String text = new String(
                CommandCodec.encode(new Command("a", "status", Target.all(), 1, CommandCodec.object())),
                StandardCharsets.UTF_8);
        String broken = text.replaceFirst("\"" + field + "\":(\"[^\"]*\"|\\d+|\\{\\})", "\"" + field + "\":" + value);
        assertThat(broken).isNotEqualTo(text);
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> CommandCodec.decode(broken.getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{}",
                "{\"version\":1}{\"version\":1}",
                "{\"version\":1,\"version\":1}",
                "\u0000",
            })
    void refusesWhatIsNoCommand(String text) {
        assertThatThrownBy(() -> CommandCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidCommandException.class);
    }

    @Test
    void refusesFieldsThatTheContractDoesNotName() {
        String text = new String(CommandCodec.encode(COMMAND), StandardCharsets.UTF_8)
                .replace("\"payload\"", "\"priority\":9,\"payload\"");
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> CommandCodec.decode(text.getBytes(StandardCharsets.UTF_8)))
                .withMessage("command.priority is not known here: remove it, or mend its spelling")
                .satisfies(e -> assertThat(e.commandId()).isEqualTo("c0ffee"));
    }

    @Test
    void refusesMoreBytesThanAgreedOnBothSides() {
        Command big = new Command(
                "a", "status", Target.all(), 1, CommandCodec.object().put("x", "y".repeat(17_000)));
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> CommandCodec.encode(big))
                .withMessageContaining("a command must be at most 16384 bytes, was");
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> CommandCodec.decode(new byte[20_000]))
                .withMessageContaining("was 20000");
    }

    @Test
    void keepsTheBytesOfAResult() {
        String raw = "{ \"b\":1.0,\"a\":\"\\u00e9 é 東\",\"n\":[{}, 9223372036854775808] }";
        Reply reply = new Reply(
                "a",
                Outcome.RESULT,
                "1 member",
                Duration.ofMillis(27412),
                3,
                false,
                List.of(1, 5),
                16,
                RawJson.of(raw.getBytes(StandardCharsets.UTF_8)));
        Reply read = CommandCodec.decodeReply(CommandCodec.encode(reply));
        assertThat(read).isEqualTo(reply);
        assertThat(read.result()).hasToString(raw);
    }

    @Test
    void passesOverReplyFieldsOfALaterVersion() {
        Reply read = CommandCodec.decodeReply(
                "{\"new\":{\"x\":[1]},\"outcome\":\"SENT\",\"id\":\"a\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(Reply.of("a", Outcome.SENT, ""));
    }

    /** Whatever bytes come, the only failure is the one that callers expect. */
    @Test
    void damagedBytesFailInOneWayOnly() {
        Random random = new Random(7);
        byte[] good = CommandCodec.encode(COMMAND);
        byte[] reply = CommandCodec.encode(Reply.of("a", Outcome.SENT, "sent"));
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = (i % 2 == 0 ? good : reply).clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            try {
                if (i % 2 == 0) {
                    CommandCodec.decode(broken);
                } else {
                    CommandCodec.decodeReply(broken);
                }
            } catch (InvalidCommandException expected) {
                assertThat(expected.getMessage()).isNotBlank().hasSizeLessThan(400);
            }
        }
    }
}
