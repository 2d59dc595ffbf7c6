package dev.shardline.sdk.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OwnersTest {
    private static final Set<String> MEMBERS = Set.of("a", "b", "c", "d", "e");
    private static final int PARTITIONS = 16;

    @Test
    void nobodyOwnsAnythingBeforeTheMembersAreKnown() {
        Owners owners = new Owners("a");
        assertThat(owners.known()).isFalse();
        assertThat(owners.own(0, PARTITIONS)).isFalse();
        assertThatThrownBy(() -> owners.of(0, PARTITIONS)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void allAgreeWhoOwnsAPartitionAndWhoStandsInForItInWhichOrder() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TreeSet<Integer> places = new TreeSet<>();
            TreeSet<String> named = new TreeSet<>();
            int own = 0;
            for (String member : MEMBERS) {
                Owners owners = new Owners(member);
                owners.among(MEMBERS);
                named.add(owners.of(partition, PARTITIONS));
                if (owners.own(partition, PARTITIONS)) {
                    own++;
                } else {
                    places.add(owners.place(partition, PARTITIONS));
                }
            }
            assertThat(named).hasSize(1);
            assertThat(own).isEqualTo(1);
            assertThat(places).containsExactly(0, 1, 2, 3);
        }
    }

    /** Otherwise the partitions of one that dies would all be at one other until the group has noticed. */
    @Test
    void theFirstStandInsOfAMembersPartitionsAreDifferentOnes() {
        Set<String> firsts = new TreeSet<>();
        for (String member : MEMBERS) {
            Owners owners = new Owners(member);
            owners.among(MEMBERS);
            for (int partition = 0; partition < 64; partition++) {
                if (owners.of(partition, 64).equals("a") && !member.equals("a") && owners.place(partition, 64) == 0) {
                    firsts.add(member);
                }
            }
        }
        assertThat(firsts).hasSizeGreaterThan(2);
    }

    @Test
    void otherMembersMeanOtherOwners() {
        Owners owners = new Owners("a");
        owners.among(MEMBERS);
        owners.among(Set.of("a"));
        assertThat(owners.count()).isEqualTo(1);
        assertThat(List.of(0, 1, 2)).allMatch(partition -> owners.own(partition, 3));
    }
}
