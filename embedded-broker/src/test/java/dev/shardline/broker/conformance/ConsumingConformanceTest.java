package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deliveries, prefetch, settling and order. What holds for both queue types runs on both. */
class ConsumingConformanceTest extends Conformance {
    static Stream<Map<String, Object>> types() {
        return Stream.of(CLASSIC, QUORUM);
    }

    @ParameterizedTest
    @MethodSource("types")
    void deliversInOrder(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, true, inbox);
        inbox.awaitBodies("1", "2", "3");
        assertThat(inbox.received()).noneMatch(Inbox.Received::redelivered);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aPrefetchLimitsWhatAConsumerHolds(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3", "4", "5");
        Inbox inbox = new Inbox(channel());
        channel().basicQos(2);
        channel().basicConsume(queue, false, inbox);
        inbox.awaitBodies("1", "2");
        inbox.staysAt(2);
        channel().basicAck(inbox.received().get(0).tag(), false);
        inbox.awaitBodies("1", "2", "3");
        channel().basicAck(inbox.received().get(2).tag(), true);
        inbox.awaitBodies("1", "2", "3", "4", "5");
    }

    @Test
    void aPrefetchHoldsForEachConsumerOfAChannel() throws Exception {
        String one = queue(CLASSIC);
        String two = queue(CLASSIC);
        fill(one, "1", "2", "3");
        fill(two, "1", "2", "3");
        channel().basicQos(2);
        Inbox first = new Inbox(channel());
        Inbox second = new Inbox(channel());
        channel().basicConsume(one, false, first);
        channel().basicConsume(two, false, second);
        first.awaitBodies("1", "2");
        second.awaitBodies("1", "2");
        first.staysAt(2);
    }

    @Test
    void aLaterPrefetchDoesNotChangeAConsumerThatExists() throws Exception {
        String queue = queue(CLASSIC);
        fill(queue, "1", "2", "3");
        channel().basicQos(1);
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, false, inbox);
        inbox.awaitBodies("1");
        channel().basicQos(3);
        inbox.staysAt(1);
    }

    @Test
    void aConsumerWithoutAcksIsNotHeldBackByAPrefetch() throws Exception {
        String queue = queue(CLASSIC);
        fill(queue, "1", "2", "3");
        channel().basicQos(1);
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, true, inbox);
        inbox.awaitBodies("1", "2", "3");
    }

    @Test
    void aPrefetchForTheWholeChannelCountsPerConsumerAllTheSame() throws Exception {
        String one = queue(CLASSIC);
        String two = queue(QUORUM);
        fill(one, "1", "2", "3");
        fill(two, "1", "2", "3");
        channel().basicQos(0, 2, true);
        Inbox first = new Inbox(channel());
        Inbox second = new Inbox(channel());
        channel().basicConsume(one, false, first);
        channel().basicConsume(two, false, second);
        first.awaitBodies("1", "2");
        second.awaitBodies("1", "2");
        first.staysAt(2);
    }

    @ParameterizedTest
    @MethodSource("types")
    void consumersTakeTurns(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        Inbox first = new Inbox(channel());
        Inbox second = new Inbox(channel());
        channel().basicConsume(queue, true, first);
        channel().basicConsume(queue, true, second);
        fill(queue, "1", "2", "3", "4");
        await().atMost(PATIENCE)
                .until(() -> first.received().size() == 2 && second.received().size() == 2);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aHigherPriorityIsServedFirst(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        channel().basicQos(2);
        Inbox low = new Inbox(channel());
        Inbox high = new Inbox(channel());
        channel().basicConsume(queue, false, Map.of("x-priority", 1), low);
        channel().basicConsume(queue, false, Map.of("x-priority", 10), high);
        fill(queue, "1", "2", "3");
        high.awaitBodies("1", "2");
        low.awaitBodies("3");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aRequeuedMessageComesBackToTheFrontAndIsFlagged(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        channel().basicQos(1);
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, false, inbox);
        inbox.awaitBodies("1");
        channel().basicNack(inbox.received().get(0).tag(), false, true);
        inbox.awaitBodies("1", "1");
        assertThat(inbox.received().get(1).redelivered()).isTrue();
        channel().basicAck(inbox.received().get(1).tag(), false);
        inbox.awaitBodies("1", "1", "2");
        assertThat(inbox.received().get(2).redelivered()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("types")
    void rejectPutsBackInPlaceToo(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2");
        GetResponse first = hold(channel(), queue);
        channel().basicReject(first.getEnvelope().getDeliveryTag(), true);
        awaitDepth(queue, 2);
        assertThat(drain(queue)).containsExactly("1", "2");
    }

    @ParameterizedTest
    @MethodSource("types")
    void nackMultipleGivesBackAllUpToTheTag(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3", "4");
        hold(channel(), queue);
        hold(channel(), queue);
        long third = hold(channel(), queue).getEnvelope().getDeliveryTag();
        hold(channel(), queue);
        channel().basicNack(third, true, true);
        awaitDepth(queue, 3);
        assertThat(drain(queue)).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @MethodSource("types")
    void nackOfTagZeroMeansAll(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2");
        hold(channel(), queue);
        hold(channel(), queue);
        channel().basicNack(0, true, true);
        awaitDepth(queue, 2);
    }

    @ParameterizedTest
    @MethodSource("types")
    void ackMultipleSettlesAllUpToTheTag(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        Channel holder = connection().createChannel();
        hold(holder, queue);
        long second = hold(holder, queue).getEnvelope().getDeliveryTag();
        hold(holder, queue);
        holder.basicAck(second, true);
        holder.close();
        awaitDepth(queue, 1);
        assertThat(drain(queue)).containsExactly("3");
    }

    @ParameterizedTest
    @MethodSource("types")
    void closingAChannelGivesBackInPlace(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3", "4");
        Channel holder = connection().createChannel();
        holder.basicQos(2);
        Inbox held = new Inbox(holder);
        holder.basicConsume(queue, false, held);
        held.awaitBodies("1", "2");
        holder.close();
        awaitDepth(queue, 4);
        GetResponse first = take(queue);
        assertThat(text(first.getBody())).isEqualTo("1");
        assertThat(first.getEnvelope().isRedeliver()).isTrue();
        assertThat(drain(queue)).containsExactly("2", "3", "4");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aLostConnectionGivesBackInPlace(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        var lost = anotherConnection();
        Channel holder = lost.createChannel();
        Inbox held = new Inbox(holder);
        holder.basicQos(2);
        holder.basicConsume(queue, false, held);
        held.awaitBodies("1", "2");
        lost.abort();
        awaitDepth(queue, 3);
        assertThat(drain(queue)).containsExactly("1", "2", "3");
    }

    @ParameterizedTest
    @MethodSource("types")
    void afterACancelTheChannelStillHoldsWhatItHas(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        Channel holder = connection().createChannel();
        holder.basicQos(1);
        Inbox held = new Inbox(holder);
        String tag = holder.basicConsume(queue, false, held);
        held.awaitBodies("1");
        holder.basicCancel(tag);
        assertThat(text(take(queue).getBody())).isEqualTo("2");
        holder.basicAck(held.received().get(0).tag(), false);
        holder.close();
        assertThat(drain(queue)).containsExactly("3");
    }

    @ParameterizedTest
    @MethodSource("types")
    void recoverGivesBackEverything(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2");
        hold(channel(), queue);
        hold(channel(), queue);
        channel().basicRecover(true);
        awaitDepth(queue, 2);
        assertThat(drain(queue)).containsExactly("1", "2");
    }

    @ParameterizedTest
    @MethodSource("types")
    void getTellsHowManyAreLeft(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        assertThat(take(queue).getMessageCount()).isEqualTo(2);
        assertThat(take(queue).getMessageCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("types")
    void getOfAnEmptyQueueAnswersEmpty(Map<String, Object> type) throws Exception {
        assertThat(channel().basicGet(queue(type), true)).isNull();
    }

    @ParameterizedTest
    @MethodSource("types")
    void aDeletedQueueTellsItsConsumers(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, true, inbox);
        connection().createChannel().queueDelete(queue);
        await().atMost(PATIENCE).until(inbox::cancelledByBroker);
        assertThat(channel().isOpen()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("types")
    void anAckForADeletedQueueIsNoError(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1");
        long tag = hold(channel(), queue).getEnvelope().getDeliveryTag();
        channel().queueDelete(queue);
        channel().basicAck(tag, false);
        channel().queueDeclarePassive(queue(CLASSIC));
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void aQuorumQueueDoesNotEnforceAnExclusiveConsumer() throws Exception {
        String queue = queue(QUORUM);
        channel().basicConsume(queue, true, "", false, true, null, new Inbox(channel()));
        Channel other = connection().createChannel();
        assertThat(Failures.of(() -> other.basicConsume(queue, true, "", false, true, null, new Inbox(other))))
                .isEqualTo("accepted");
    }

    @Test
    void anExclusiveConsumerLetsTheNextOneInOnceItIsGone() throws Exception {
        String queue = queue(CLASSIC);
        Channel first = connection().createChannel();
        String tag = first.basicConsume(queue, true, "", false, true, null, new Inbox(first));
        first.basicCancel(tag);
        Channel second = connection().createChannel();
        assertThat(Failures.of(() -> second.basicConsume(queue, true, "", false, true, null, new Inbox(second))))
                .isEqualTo("accepted");
    }

    @Test
    void consumerTagsOfTheBrokerAreItsOwn() throws Exception {
        String queue = queue(CLASSIC);
        String one = channel().basicConsume(queue, true, new Inbox(channel()));
        String two = channel().basicConsume(queue, true, new Inbox(channel()));
        assertThat(one).startsWith("amq.ctag-").isNotEqualTo(two);
    }

    @Test
    void cancellingAnUnknownTagIsNoErrorOfTheBroker() throws Exception {
        channel().rpc(new AMQP.Basic.Cancel.Builder().consumerTag("unknown").build());
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void deliveryTagsCountPerChannelFromOne() throws Exception {
        String queue = queue(CLASSIC);
        fill(queue, "1", "2");
        assertThat(hold(channel(), queue).getEnvelope().getDeliveryTag()).isEqualTo(1);
        assertThat(hold(channel(), queue).getEnvelope().getDeliveryTag()).isEqualTo(2);
        Channel other = connection().createChannel();
        fill(queue, "3");
        assertThat(hold(other, queue).getEnvelope().getDeliveryTag()).isEqualTo(1);
    }

    @Test
    void directRepliesComeWithoutAQueue() throws Exception {
        String requests = queue(CLASSIC);
        Inbox replies = new Inbox(channel());
        channel().basicConsume("amq.rabbitmq.reply-to", true, replies);
        channel()
                .basicPublish(
                        "",
                        requests,
                        new AMQP.BasicProperties.Builder()
                                .replyTo("amq.rabbitmq.reply-to")
                                .correlationId("17")
                                .build(),
                        bytes("question"));
        Channel answering = anotherConnection().createChannel();
        GetResponse request = hold(answering, requests);
        assertThat(request.getProps().getReplyTo()).startsWith("amq.rabbitmq.reply-to.");
        answering.basicPublish(
                "",
                request.getProps().getReplyTo(),
                new AMQP.BasicProperties.Builder().correlationId("17").build(),
                bytes("answer"));
        replies.awaitBodies("answer");
        assertThat(replies.received().get(0).properties().getCorrelationId()).isEqualTo("17");
    }

    @Test
    void aReplyToNobodyIsReturnedWhenMandatory() throws Exception {
        List<Integer> codes = new java.util.concurrent.CopyOnWriteArrayList<>();
        channel().addReturnListener((code, text, exchange, key, properties, body) -> codes.add(code));
        channel()
                .basicPublish("", "amq.rabbitmq.reply-to.gone", true, MessageProperties.MINIMAL_BASIC, bytes("answer"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(codes).containsExactly(312));
    }
}
