package dev.shardline.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
    /** The vectors that docs/wire-contract.md gives to other languages. */
    @ParameterizedTest
    @CsvSource({
        "820993970405679409, 3",
        "175928847299117063, 4",
        "1302056443921924107, 5",
        "18446744073709551615, 31",
        "0, 0",
    })
    void readsIdsAsUnsigned(String guild, int slot) {
        assertThat(Slots.of(Long.parseUnsignedLong(guild))).isEqualTo(slot);
    }

    @Test
    void everyPartitionCountTakesEverySlotExactlyOnce() {
        for (int partitions = 1; partitions <= Slots.COUNT; partitions++) {
            int n = partitions;
            assertThat(IntStream.range(0, Slots.COUNT).map(slot -> Slots.partition(slot, n)))
                    .allMatch(partition -> partition >= 0 && partition < n)
                    .contains(IntStream.range(0, n).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void namesTheRangeThatWasLeft() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slots.partition(0, 33))
                .withMessage("partitions must be 1 to 32, was 33");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Slots.partition(32, 4))
                .withMessage("slot must be 0 to 31, was 32");
    }
}
