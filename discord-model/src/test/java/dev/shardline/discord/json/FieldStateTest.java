package dev.shardline.discord.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldStateTest {
    private static final byte[] DATA =
            "{\"a\":{\"c\":null,\"n\":1},\"c\":[{\"d\":1}],\"x\":null,\"t\":\"\"}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "a, VALUE",
        "a.c, NULL",
        "a.n, VALUE",
        "a.d, ABSENT",
        "a.n.m, ABSENT",
        "c, VALUE",
        "c.d, ABSENT",
        "d, ABSENT",
        "x, NULL",
        "x.y, ABSENT",
        "t, VALUE",
        "n, ABSENT"
    })
    void tellsAbsentFromNull(String path, FieldState state) {
        assertThat(FieldState.of(DATA, path.split("\\.", -1))).isEqualTo(state);
    }
}
