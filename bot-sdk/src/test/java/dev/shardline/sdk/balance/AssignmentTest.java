package dev.shardline.sdk.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static List<String> members(Random random, int count) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(Integer.toHexString(random.nextInt()) + "-" + i);
        }
        return members;
    }

    @Test
    void theBusiestOfTwoToEightHasAtMost1Point4TimesTheMeanAndNoneIsIdle() {
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            for (int count = 2; count <= 8; count++) {
                List<String> members = members(random, count);
                List<String> owners = Assignment.owners(members, 16);
                double mean = 16.0 / count;
                for (String member : members) {
                    int share = Collections.frequency(owners, member);
                    assertThat(share).isBetween(1, (int) Math.floor(1.4 * mean));
                }
            }
        }
    }

    /** The table of docs/sdk.md. */
    @Test
    void theSpreadIsAsThePageSays() throws IOException {
        Map<Integer, Double> busiest = new TreeMap<>();
        Random random = new Random(1);
        for (int count = 2; count <= 8; count++) {
            for (int round = 0; round < 50; round++) {
                List<String> members = members(random, count);
                List<String> owners = Assignment.owners(members, 16);
                double most = members.stream()
                        .mapToInt(member -> Collections.frequency(owners, member))
                        .max()
                        .orElseThrow();
                busiest.merge(count, most * count / 16, Math::max);
            }
        }
        String row = busiest.values().stream()
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .collect(Collectors.joining(" | ", "| busiest / mean | ", " |"));
        assertThat(Files.readString(Path.of("..", "docs", "sdk.md"))).contains(row);
    }

    @Test
    void allMembersComeToTheSameAnswerInWhateverOrderTheyKnowEachOther() {
        List<String> members = members(new Random(2), 6);
        List<String> owners = Assignment.owners(members, 32);
        Collections.shuffle(members, new Random(3));
        assertThat(Assignment.owners(members, 32)).isEqualTo(owners);
    }

    @Test
    void aJoinMovesFewPartitionsBesidesThoseOfTheNewcomer() {
        Random random = new Random(4);
        int moved = 0;
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            List<String> members = members(random, 5);
            List<String> before = Assignment.owners(members.subList(0, 4), 16);
            List<String> after = Assignment.owners(members, 16);
            for (int partition = 0; partition < 16; partition++) {
                if (!before.get(partition).equals(after.get(partition))
                        && !after.get(partition).equals(members.get(4))) {
                    moved++;
                }
            }
        }
        assertThat((double) moved / rounds).isLessThan(3.0);
    }
}
