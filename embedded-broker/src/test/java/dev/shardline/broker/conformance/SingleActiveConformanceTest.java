package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Single active consumer, with and without priorities: the line that partitions and tokens stand in. */
class SingleActiveConformanceTest extends Conformance {
    static Stream<Map<String, Object>> types() {
        return Stream.of(single(CLASSIC), single(QUORUM));
    }

    private static Map<String, Object> single(Map<String, Object> type) {
        Map<String, Object> arguments = new HashMap<>(type);
        arguments.put("x-single-active-consumer", true);
        return arguments;
    }

    private record Member(Channel channel, Inbox inbox, String tag) {
        void ack(int index) throws Exception {
            channel.basicAck(inbox.received().get(index).tag(), false);
        }
    }

    private Member join(String queue, int prefetch, long priority) throws Exception {
        Channel channel = anotherConnection().createChannel();
        channel.basicQos(prefetch);
        Inbox inbox = new Inbox(channel);
        String tag = channel.basicConsume(queue, false, Map.of("x-priority", priority), inbox);
        return new Member(channel, inbox, tag);
    }

    @ParameterizedTest
    @MethodSource("types")
    void onlyTheFirstGetsMessages(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        Member first = join(queue, 1, 0);
        Member second = join(queue, 1, 0);
        fill(queue, "1", "2");
        first.inbox().awaitBodies("1");
        second.inbox().staysAt(0);
    }

    @Test
    void aPriorityMayHave64Bits() throws Exception {
        String queue = queue(single(QUORUM));
        Member first = join(queue, 1, 1_000_000_000_000L);
        fill(queue, "1", "2");
        first.inbox().awaitBodies("1");
        // The lower 32 bits alone would make this one the lower.
        Member second = join(queue, 1, 1_000_000_000_001L + (1L << 32) - 4_000);
        first.ack(0);
        second.inbox().awaitBodies("2");
    }

    @ParameterizedTest
    @MethodSource("types")
    void theNextOneFollowsInOrderWhenTheChannelCloses(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        Member first = join(queue, 3, 0);
        Member second = join(queue, 3, 0);
        fill(queue, "1", "2", "3", "4");
        first.inbox().awaitBodies("1", "2", "3");
        first.channel().close();
        second.inbox().awaitBodies("1", "2", "3");
        assertThat(second.inbox().received()).allMatch(Inbox.Received::redelivered);
    }

    @ParameterizedTest
    @MethodSource("types")
    void theNextOneFollowsInOrderWhenTheConnectionIsLost(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        Member first = join(queue, 3, 0);
        Member second = join(queue, 5, 0);
        fill(queue, "1", "2", "3", "4");
        first.inbox().awaitBodies("1", "2", "3");
        first.channel().getConnection().abort();
        second.inbox().awaitBodies("1", "2", "3", "4");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aCancelHandsOverBeforeTheOldOneHasSettled(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        Member first = join(queue, 2, 0);
        Member second = join(queue, 5, 0);
        fill(queue, "1", "2", "3", "4");
        first.inbox().awaitBodies("1", "2");
        first.channel().basicCancel(first.tag());
        second.inbox().awaitBodies("3", "4");
        first.channel().close();
        second.inbox().awaitBodies("3", "4", "1", "2");
    }

    @Test
    void aHigherPriorityTakesOverAnIdleQuorumQueueAtOnce() throws Exception {
        String queue = queue(single(QUORUM));
        Member low = join(queue, 1, 1);
        fill(queue, "1");
        low.inbox().awaitBodies("1");
        low.ack(0);
        Member high = join(queue, 1, 10);
        fill(queue, "2");
        high.inbox().awaitBodies("2");
        low.inbox().staysAt(1);
    }

    @Test
    void aHigherPriorityWaitsUntilTheActiveOneHasSettledAndNothingNewIsDeliveredMeanwhile() throws Exception {
        String queue = queue(single(QUORUM));
        Member low = join(queue, 2, 1);
        fill(queue, "1", "2", "3", "4");
        low.inbox().awaitBodies("1", "2");
        Member high = join(queue, 2, 10);
        low.ack(0);
        low.inbox().staysAt(2);
        high.inbox().staysAt(0);
        low.ack(1);
        high.inbox().awaitBodies("3", "4");
        assertThat(high.inbox().received()).noneMatch(Inbox.Received::redelivered);
        low.inbox().staysAt(2);
    }

    @Test
    void theLowerOneContinuesAfterTheHigherHasGone() throws Exception {
        String queue = queue(single(QUORUM));
        Member low = join(queue, 1, 1);
        Member high = join(queue, 1, 10);
        fill(queue, "1", "2");
        high.inbox().awaitBodies("1");
        high.channel().close();
        low.inbox().awaitBodies("1");
        low.ack(0);
        low.inbox().awaitBodies("1", "2");
    }

    @Test
    void theHighestOfSeveralWaitingIsNext() throws Exception {
        String queue = queue(single(QUORUM));
        Member first = join(queue, 1, 20);
        Member low = join(queue, 1, 1);
        Member middle = join(queue, 1, 5);
        fill(queue, "1");
        first.inbox().awaitBodies("1");
        first.channel().close();
        middle.inbox().awaitBodies("1");
        low.inbox().staysAt(0);
    }

    @Test
    void anEqualPriorityDoesNotTakeOver() throws Exception {
        String queue = queue(single(QUORUM));
        Member first = join(queue, 1, 5);
        Member second = join(queue, 1, 5);
        fill(queue, "1", "2");
        first.inbox().awaitBodies("1");
        first.ack(0);
        first.inbox().awaitBodies("1", "2");
        second.inbox().staysAt(0);
    }

    @Test
    void aPriorityDoesNotMoveTheActiveConsumerOfAClassicQueue() throws Exception {
        String queue = queue(single(CLASSIC));
        Member low = join(queue, 1, 1);
        Member high = join(queue, 1, 10);
        fill(queue, "1", "2");
        low.inbox().awaitBodies("1");
        low.ack(0);
        low.inbox().awaitBodies("1", "2");
        high.inbox().staysAt(0);
    }

    @Test
    void aTokenPassesOnWhenItsHolderIsLost() throws Exception {
        Map<String, Object> arguments = single(QUORUM);
        arguments.put("x-delivery-limit", -1);
        arguments.put("x-consumer-timeout", 4_294_967_295L);
        String queue = queue(arguments);
        fill(queue, "token");
        Member holder = join(queue, 1, 0);
        holder.inbox().awaitBodies("token");
        Member standby = join(queue, 1, 0);
        standby.inbox().staysAt(0);
        holder.channel().getConnection().abort();
        standby.inbox().awaitBodies("token");
        assertThat(standby.inbox().received().get(0).redelivered()).isTrue();
    }

    @Test
    void getIsRefusedWhileASingleActiveConsumerIsThere() throws Exception {
        String queue = queue(single(QUORUM));
        join(queue, 1, 0);
        Channel other = connection().createChannel();
        assertThat(Failures.of(() -> other.basicGet(queue, true))).isEqualTo("channel 405");
    }
}
