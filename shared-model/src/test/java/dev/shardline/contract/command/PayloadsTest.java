package dev.shardline.contract.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadsTest {
    @Test
    void presenceReadsBackWhatItWrites() {
        Presence presence = new Presence(
                Presence.Status.IDLE,
                List.of(
                        new Presence.Activity(1, "live", null, "https://twitch.tv/x"),
                        new Presence.Activity(4, "Custom Status", "東", null)),
                1_795_000_000_000L,
                true);
        assertThat(Presence.parse(presence.toJson())).isEqualTo(presence);
        assertThat(Presence.parse(Presence.of(Presence.Status.DND).toJson()))
                .isEqualTo(Presence.of(Presence.Status.DND));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|payload.status is missing",
                "{\"status\":\"busy\"}|payload.status must be online, dnd, idle, invisible or offline, was \"busy\"",
                "{\"status\":\"dnd\",\"activities\":[{\"name\":\"x\",\"type\":9}]}|payload.activities[0].type must be a whole number from 0 to 5, was 9",
                "{\"status\":\"dnd\",\"activities\":[{\"type\":0}]}|payload.activities[0].name is missing",
                "{\"status\":\"dnd\",\"activities\":[{\"name\":\"x\",\"type\":0,\"emoji\":1}]}|payload.activities[0].emoji is not known here",
                "{\"status\":\"dnd\",\"activities\":[7]}|payload.activities[0] must be an object, was 7",
                "{\"status\":\"dnd\",\"afk\":\"no\"}|payload.afk must be true or false, was \"no\"",
            })
    void presenceNamesTheFieldAtFault(String payload, String message) {
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> Presence.parse(CommandCodec.JSON.readTree(payload)))
                .withMessageContaining(message);
    }

    @Test
    void memberRequestReadsBackWhatItWrites() {
        for (MemberRequest request : List.of(
                MemberRequest.everybody(),
                MemberRequest.startingWith("ko", 100).withPresences(),
                MemberRequest.users(List.of("1", "2")))) {
            assertThat(MemberRequest.parse(request.toJson())).isEqualTo(request);
        }
        assertThat(MemberRequest.everybody().wantsEverybody()).isTrue();
        assertThat(MemberRequest.startingWith("", 1).wantsEverybody()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|payload must have either query or user_ids, had neither",
                "{\"query\":\"\",\"limit\":0,\"user_ids\":[\"1\"]}|had both",
                "{\"query\":\"x\"}|payload.limit is missing",
                "{\"query\":\"x\",\"limit\":0}|payload.limit must be 1 to 100 with a query, was 0",
                "{\"query\":\"\",\"limit\":-1}|payload.limit must be a whole number from 0",
                "{\"user_ids\":[1]}|payload.user_ids[0] must be a Discord id as text of decimal digits, was 1",
                "{\"user_ids\":\"1\"}|payload.user_ids must be an array of at most 100 elements",
                "{\"query\":\"\",\"limit\":0,\"nonce\":\"x\"}|payload.nonce is not known here",
            })
    void memberRequestNamesTheFieldAtFault(String payload, String message) {
        assertThatExceptionOfType(InvalidCommandException.class)
                .isThrownBy(() -> MemberRequest.parse(CommandCodec.JSON.readTree(payload)))
                .withMessageContaining(message);
    }
}
