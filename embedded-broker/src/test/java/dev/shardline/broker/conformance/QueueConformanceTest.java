package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.MessageProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Declaring, limits, expiry, dead letters and confirms. */
class QueueConformanceTest extends Conformance {
    static Stream<Map<String, Object>> types() {
        return Stream.of(CLASSIC, QUORUM);
    }

    private static Map<String, Object> with(Map<String, Object> type, Object... more) {
        Map<String, Object> arguments = new HashMap<>(type);
        for (int i = 0; i < more.length; i += 2) {
            arguments.put((String) more[i], more[i + 1]);
        }
        return arguments;
    }

    // Declaring

    @Test
    void theBrokerNamesAQueueWithoutName() throws Exception {
        assertThat(channel().queueDeclare().getQueue()).startsWith("amq.gen-");
    }

    @Test
    void declaringAgainWithTheSameArgumentsTellsTheDepth() throws Exception {
        String queue = queue(with(CLASSIC, "x-max-length", 10));
        fill(queue, "1", "2");
        channel().basicConsume(queue, false, new Inbox(connection().createChannel()));
        AMQP.Queue.DeclareOk ok = channel()
                .queueDeclare(
                        queue(with(CLASSIC, "x-max-length", 10)),
                        true,
                        false,
                        false,
                        with(CLASSIC, "x-max-length", 10));
        assertThat(ok.getMessageCount()).isZero();
        assertThat(ok.getConsumerCount()).isZero();
    }

    @Test
    void theWidthOfANumberDoesNotMatterInARedeclaration() throws Exception {
        String queue = queue(with(CLASSIC, "x-max-length", 10));
        channel().queueDeclare(queue, true, false, false, with(CLASSIC, "x-max-length", 10L));
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void noTypeAndTheDefaultTypeAreTheSame() throws Exception {
        String queue = unique("q");
        channel().queueDeclare(queue, true, false, false, null);
        channel().queueDeclare(queue, true, false, false, CLASSIC);
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void unknownArgumentsAreTakenAndNotCompared() throws Exception {
        String queue = queue(with(CLASSIC, "x-mine", 1));
        channel().queueDeclare(queue, true, false, false, with(CLASSIC, "x-mine", 2));
        channel().queueDeclare(queue, true, false, false, CLASSIC);
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void aPassiveDeclareLooksAtNothingButTheName() throws Exception {
        String queue = queue(QUORUM);
        fill(queue, "1");
        awaitDepth(queue, 1);
        assertThat(channel().queueDeclarePassive(queue).getMessageCount()).isEqualTo(1);
    }

    @Test
    void anExclusiveQueueGoesWithItsConnection() throws Exception {
        var owner = anotherConnection();
        String queue = owner.createChannel().queueDeclare().getQueue();
        owner.close();
        await().atMost(PATIENCE).until(() -> {
            Channel probe = connection().createChannel();
            return Failures.of(() -> probe.queueDeclarePassive(queue)).equals("channel 404");
        });
    }

    @Test
    void anAutoDeleteQueueGoesWithItsLastConsumerOnly() throws Exception {
        String queue = unique("q");
        channel().queueDeclare(queue, true, false, true, null);
        String one = channel().basicConsume(queue, true, new Inbox(channel()));
        String two = channel().basicConsume(queue, true, new Inbox(channel()));
        channel().basicCancel(one);
        assertThat(channel().queueDeclarePassive(queue).getConsumerCount()).isEqualTo(1);
        channel().basicCancel(two);
        Channel probe = connection().createChannel();
        assertThat(Failures.of(() -> probe.queueDeclarePassive(queue))).isEqualTo("channel 404");
    }

    @Test
    void deletingAMissingQueueIsNoError() throws Exception {
        assertThat(channel().queueDelete(unique("missing")).getMessageCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("types")
    void deletingTellsHowManyMessagesWent(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2");
        awaitDepth(queue, 2);
        assertThat(channel().queueDelete(queue).getMessageCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("types")
    void purgingLeavesWhatConsumersHold(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        fill(queue, "1", "2", "3");
        Channel holder = connection().createChannel();
        hold(holder, queue);
        assertThat(channel().queuePurge(queue).getMessageCount()).isEqualTo(2);
        holder.close();
        awaitDepth(queue, 1);
        assertThat(drain(queue)).containsExactly("1");
    }

    @Test
    void anUnusedQueueExpires() throws Exception {
        String queue = queue(with(CLASSIC, "x-expires", 300));
        List<String> returned = new CopyOnWriteArrayList<>();
        channel().addReturnListener((code, text, exchange, key, properties, body) -> returned.add(key));
        // Publishing is no use of a queue, so asking in this way does not keep it.
        await().atMost(PATIENCE).until(() -> {
            channel().basicPublish("", queue, true, MessageProperties.MINIMAL_BASIC, bytes("m"));
            return !returned.isEmpty();
        });
    }

    @Test
    void aConsumerKeepsAQueueFromExpiring() throws Exception {
        String queue = queue(with(QUORUM, "x-expires", 300));
        channel().basicConsume(queue, true, new Inbox(channel()));
        await().during(SILENCE.multipliedBy(3))
                .atMost(PATIENCE)
                .until(() ->
                        connection().createChannel().queueDeclarePassive(queue).getConsumerCount() == 1);
    }

    // Limits

    @ParameterizedTest
    @MethodSource("types")
    void aFullQueueDropsItsOldest(Map<String, Object> type) throws Exception {
        String queue = queue(with(type, "x-max-length", 3));
        fill(queue, "1", "2", "3", "4", "5");
        awaitDepth(queue, 3);
        assertThat(drain(queue)).containsExactly("3", "4", "5");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aQueueFullOfBytesDropsItsOldest(Map<String, Object> type) throws Exception {
        String queue = queue(with(type, "x-max-length-bytes", 2_500));
        String large = "x".repeat(1_000);
        fill(queue, "1" + large, "2" + large, "3" + large);
        awaitDepth(queue, 2);
        assertThat(drain(queue)).containsExactly("2" + large, "3" + large);
    }

    @Test
    void aMessageLargerThanTheByteLimitIsDroppedItself() throws Exception {
        String queue = queue(with(CLASSIC, "x-max-length-bytes", 3));
        fill(queue, "1234");
        awaitDepth(queue, 0);
    }

    @Test
    void aLengthOfZeroKeepsNothing() throws Exception {
        String queue = queue(with(CLASSIC, "x-max-length", 0));
        fill(queue, "1");
        awaitDepth(queue, 0);
    }

    @Test
    void theLengthCountsOnlyWhatIsReady() throws Exception {
        String queue = queue(with(CLASSIC, "x-max-length", 1));
        fill(queue, "1");
        hold(channel(), queue);
        fill(queue, "2");
        awaitDepth(queue, 1);
        channel().basicNack(0, true, true);
        awaitDepth(queue, 1);
        assertThat(drain(queue)).containsExactly("2");
    }

    @Test
    void aFullClassicQueueRejects() throws Exception {
        String queue = queue(with(CLASSIC, "x-max-length", 2, "x-overflow", "reject-publish"));
        assertThat(accepted("", queue, "1")).isTrue();
        assertThat(accepted("", queue, "2")).isTrue();
        assertThat(accepted("", queue, "3")).isFalse();
        assertThat(drain(queue)).containsExactly("1", "2");
        assertThat(accepted("", queue, "4")).isTrue();
    }

    @Test
    void aFullQuorumQueueRejectsOneMessageLate() throws Exception {
        String queue = queue(with(QUORUM, "x-max-length", 2, "x-overflow", "reject-publish"));
        assertThat(accepted("", queue, "1")).isTrue();
        assertThat(accepted("", queue, "2")).isTrue();
        assertThat(accepted("", queue, "3")).isTrue();
        await().atMost(PATIENCE).until(() -> !accepted("", queue, "4"));
        assertThat(drain(queue)).startsWith("1", "2", "3");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aRejectOfOneQueueLeavesTheCopyInTheOther(Map<String, Object> type) throws Exception {
        String exchange = exchange("fanout");
        String full = queue(with(type, "x-max-length", 0, "x-overflow", "reject-publish"));
        String open = queue(type);
        accepted("", full, "filler");
        accepted("", full, "filler");
        channel().queueBind(full, exchange, "");
        channel().queueBind(open, exchange, "");
        assertThat(accepted(exchange, "", "m")).isFalse();
        awaitDepth(open, 1);
    }

    @Test
    void rejectPublishDlxDeadLettersWhatItRejects() throws Exception {
        String dead = queue(CLASSIC);
        String queue = queue(with(
                CLASSIC,
                "x-max-length",
                1,
                "x-overflow",
                "reject-publish-dlx",
                "x-dead-letter-exchange",
                "",
                "x-dead-letter-routing-key",
                dead));
        assertThat(accepted("", queue, "1")).isTrue();
        assertThat(accepted("", queue, "2")).isFalse();
        assertThat(text(take(dead).getBody())).isEqualTo("2");
    }

    // Expiry

    @ParameterizedTest
    @MethodSource("types")
    void messagesExpireAfterTheTimeOfTheQueue(Map<String, Object> type) throws Exception {
        String queue = queue(with(type, "x-message-ttl", 200));
        fill(queue, "1", "2");
        awaitDepth(queue, 0);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aMessageExpiresAfterItsOwnTime(Map<String, Object> type) throws Exception {
        String queue = queue(type);
        publish("", queue, expiring("200"), "1");
        fill(queue, "2");
        awaitDepth(queue, 1);
        assertThat(drain(queue)).containsExactly("2");
    }

    @Test
    void aMessageBehindALongerLivedOneWaitsForIt() throws Exception {
        String queue = queue(CLASSIC);
        publish("", queue, expiring("60000"), "long");
        publish("", queue, expiring("1"), "short");
        await().during(SILENCE).atMost(PATIENCE).until(() -> channel().messageCount(queue) == 2);
        take(queue);
        assertThat(drain(queue)).isEmpty();
    }

    @Test
    void theShorterTimeCounts() throws Exception {
        String queue = queue(with(CLASSIC, "x-message-ttl", 60_000));
        publish("", queue, expiring("100"), "1");
        awaitDepth(queue, 0);
    }

    @Test
    void aTimeOfZeroMeansAtOnceOrNever() throws Exception {
        String queue = queue(with(CLASSIC, "x-message-ttl", 0));
        fill(queue, "nobody waits");
        awaitDepth(queue, 0);
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, true, inbox);
        fill(queue, "somebody waits");
        inbox.awaitBodies("somebody waits");
    }

    @Test
    void whatAConsumerHoldsDoesNotExpire() throws Exception {
        String queue = queue(with(CLASSIC, "x-message-ttl", 100));
        Inbox inbox = new Inbox(channel());
        channel().basicConsume(queue, false, inbox);
        fill(queue, "1");
        inbox.awaitBodies("1");
        inbox.staysAt(1);
        channel().basicAck(inbox.received().get(0).tag(), false);
        assertThat(channel().queueDeclarePassive(queue).getMessageCount()).isZero();
        assertThat(channel().isOpen()).isTrue();
    }

    private static AMQP.BasicProperties expiring(String millis) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .expiration(millis)
                .build();
    }

    // Dead letters

    @ParameterizedTest
    @MethodSource("types")
    void aRejectedMessageDies(Map<String, Object> type) throws Exception {
        String dead = queue(CLASSIC);
        String queue = queue(dying(type, dead));
        fill(queue, "m");
        channel().basicReject(hold(channel(), queue).getEnvelope().getDeliveryTag(), false);
        GetResponse got = take(dead);
        assertThat(text(got.getBody())).isEqualTo("m");
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo(dead);
        assertDeath(got, queue, "rejected", 1);
        assertThat(got.getProps().getHeaders())
                .containsKeys(
                        "x-first-death-queue",
                        "x-first-death-reason",
                        "x-first-death-exchange",
                        "x-last-death-queue",
                        "x-last-death-reason",
                        "x-last-death-exchange");
    }

    @ParameterizedTest
    @MethodSource("types")
    void anExpiredMessageDiesWithoutItsExpiration(Map<String, Object> type) throws Exception {
        String dead = queue(CLASSIC);
        String queue = queue(dying(type, dead));
        publish("", queue, expiring("100"), "m");
        GetResponse got = take(dead);
        assertDeath(got, queue, "expired", 1);
        assertThat(got.getProps().getExpiration()).isNull();
        assertThat(String.valueOf(death(got).get("original-expiration"))).isEqualTo("100");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aDroppedMessageDies(Map<String, Object> type) throws Exception {
        String dead = queue(CLASSIC);
        Map<String, Object> arguments = dying(type, dead);
        arguments.put("x-max-length", 1);
        String queue = queue(arguments);
        fill(queue, "1", "2");
        GetResponse got = take(dead);
        assertThat(text(got.getBody())).isEqualTo("1");
        assertDeath(got, queue, "maxlen", 1);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aDeadMessageKeepsItsRoutingKeyUnlessToldOtherwise(Map<String, Object> type) throws Exception {
        String exchange = exchange("fanout");
        String dead = queue(CLASSIC);
        channel().queueBind(dead, exchange, "");
        String queue = queue(with(type, "x-dead-letter-exchange", exchange));
        fill(queue, "m");
        channel().basicNack(hold(channel(), queue).getEnvelope().getDeliveryTag(), false, false);
        GetResponse got = take(dead);
        assertThat(got.getEnvelope().getRoutingKey()).isEqualTo(queue);
        assertThat(got.getEnvelope().getExchange()).isEqualTo(exchange);
        assertThat(String.valueOf(death(got).get("routing-keys"))).isEqualTo("[" + queue + "]");
        assertThat(String.valueOf(death(got).get("exchange"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void theCountBeginsAnewWhenAClientPublishesADeadMessage(Map<String, Object> type) throws Exception {
        String dead = queue(CLASSIC);
        String queue = queue(dying(type, dead));
        fill(queue, "m");
        channel().basicNack(hold(channel(), queue).getEnvelope().getDeliveryTag(), false, false);
        GetResponse first = take(dead);
        channel().basicPublish("", queue, first.getProps(), first.getBody());
        channel().basicNack(hold(channel(), queue).getEnvelope().getDeliveryTag(), false, false);
        GetResponse second = take(dead);
        assertDeath(second, queue, "rejected", 1);
        assertThat((List<?>) second.getProps().getHeaders().get("x-death")).hasSize(1);
    }

    @Test
    void dyingAgainForTheSameReasonIsCounted() throws Exception {
        String waiting = unique("q");
        String queue = queue(dying(QUORUM, waiting));
        channel().queueDeclare(waiting, true, false, false, withTtl(dying(CLASSIC, queue), 50));
        fill(queue, "m");
        channel().basicNack(hold(channel(), queue).getEnvelope().getDeliveryTag(), false, false);
        GetResponse once = hold(channel(), queue);
        assertDeath(once, waiting, "expired", 1);
        channel().basicNack(once.getEnvelope().getDeliveryTag(), false, false);
        GetResponse twice = hold(channel(), queue);
        assertDeath(twice, waiting, "expired", 2);
        assertThat((List<?>) twice.getProps().getHeaders().get("x-death")).hasSize(2);
    }

    private static Map<String, Object> withTtl(Map<String, Object> arguments, int millis) {
        arguments.put("x-message-ttl", millis);
        return arguments;
    }

    @Test
    void expiringInACircleEndsAfterOneRound() throws Exception {
        String queue = unique("q");
        channel()
                .queueDeclare(
                        queue,
                        true,
                        false,
                        false,
                        Map.of("x-message-ttl", 50, "x-dead-letter-exchange", "", "x-dead-letter-routing-key", queue));
        fill(queue, "m");
        awaitDepth(queue, 0);
        await().during(SILENCE).atMost(PATIENCE).until(() -> channel().messageCount(queue) == 0);
    }

    @Test
    void aMissingDeadLetterExchangeDropsTheMessage() throws Exception {
        String queue = queue(with(CLASSIC, "x-dead-letter-exchange", unique("missing")));
        fill(queue, "m");
        channel().basicNack(hold(channel(), queue).getEnvelope().getDeliveryTag(), false, false);
        awaitDepth(queue, 0);
        assertThat(channel().isOpen()).isTrue();
    }

    private static Map<String, Object> dying(Map<String, Object> type, String dead) {
        return with(type, "x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead);
    }

    private static Map<?, ?> death(GetResponse got) {
        return (Map<?, ?>) ((List<?>) java.util.Objects.requireNonNull(
                        got.getProps().getHeaders().get("x-death")))
                .get(0);
    }

    private static void assertDeath(GetResponse got, String queue, String reason, long count) {
        Map<?, ?> death = death(got);
        assertThat(String.valueOf(death.get("queue"))).isEqualTo(queue);
        assertThat(String.valueOf(death.get("reason"))).isEqualTo(reason);
        assertThat(death.get("count")).isEqualTo(count);
        assertThat(death.get("time")).isInstanceOf(java.util.Date.class);
        assertThat(death.get("reason")).isInstanceOf(LongString.class);
    }

    // Quorum queues count failures

    @Test
    void aRejectedDeliveryCountsTowardsTheLimit() throws Exception {
        String dead = queue(CLASSIC);
        Map<String, Object> arguments = dying(QUORUM, dead);
        arguments.put("x-delivery-limit", 2);
        String queue = queue(arguments);
        fill(queue, "m");
        for (int i = 0; i < 3; i++) {
            channel().basicReject(hold(channel(), queue).getEnvelope().getDeliveryTag(), true);
        }
        assertDeath(take(dead), queue, "delivery_limit", 1);
    }

    @Test
    void anUnlimitedQuorumQueueNeverGivesUp() throws Exception {
        String queue = queue(with(QUORUM, "x-delivery-limit", -1));
        fill(queue, "m");
        for (int i = 0; i < 25; i++) {
            channel().basicReject(hold(channel(), queue).getEnvelope().getDeliveryTag(), true);
        }
        assertThat(text(take(queue).getBody())).isEqualTo("m");
    }

    @Test
    void theLimitOfAQuorumQueueIsTwentyByDefault() throws Exception {
        String dead = queue(CLASSIC);
        String queue = queue(dying(QUORUM, dead));
        fill(queue, "m");
        for (int i = 0; i < 21; i++) {
            channel().basicReject(hold(channel(), queue).getEnvelope().getDeliveryTag(), true);
        }
        assertDeath(take(dead), queue, "delivery_limit", 1);
    }

    @Test
    void aNackedDeliveryDoesNotCount() throws Exception {
        String queue = queue(with(QUORUM, "x-delivery-limit", 2));
        fill(queue, "m");
        for (int i = 0; i < 10; i++) {
            channel().basicNack(hold(channel(), queue).getEnvelope().getDeliveryTag(), false, true);
        }
        assertThat(text(take(queue).getBody())).isEqualTo("m");
    }

    @Test
    void aClosedChannelCounts() throws Exception {
        String dead = queue(CLASSIC);
        Map<String, Object> arguments = dying(QUORUM, dead);
        arguments.put("x-delivery-limit", 1);
        String queue = queue(arguments);
        fill(queue, "m");
        for (int i = 0; i < 2; i++) {
            Channel holder = connection().createChannel();
            hold(holder, queue);
            holder.close();
        }
        assertDeath(take(dead), queue, "delivery_limit", 1);
    }

    @Test
    void aQuorumQueueTellsTheFailuresInAHeader() throws Exception {
        String queue = queue(QUORUM);
        fill(queue, "m");
        GetResponse first = hold(channel(), queue);
        assertThat(deliveryCount(first)).isNull();
        channel().basicReject(first.getEnvelope().getDeliveryTag(), true);
        GetResponse second = hold(channel(), queue);
        assertThat(second.getEnvelope().isRedeliver()).isTrue();
        assertThat(new TreeMap<>(second.getProps().getHeaders()).toString())
                .isEqualTo("{x-acquired-count=1, x-delivery-count=1}");
        channel().basicNack(second.getEnvelope().getDeliveryTag(), false, true);
        assertThat(new TreeMap<>(hold(channel(), queue).getProps().getHeaders()).toString())
                .isEqualTo("{x-acquired-count=2, x-delivery-count=1}");
    }

    private static @org.jspecify.annotations.Nullable Object deliveryCount(GetResponse got) {
        Map<String, Object> headers = got.getProps().getHeaders();
        return headers == null ? null : headers.get("x-delivery-count");
    }

    @Test
    void aClassicQueueAddsNoHeader() throws Exception {
        String queue = queue(CLASSIC);
        fill(queue, "m");
        channel().basicReject(hold(channel(), queue).getEnvelope().getDeliveryTag(), true);
        assertThat(hold(channel(), queue).getProps().getHeaders()).isNull();
    }

    // Confirms

    @Test
    void confirmsNeedNoRouteAndComeInOrder() throws Exception {
        channel().confirmSelect();
        for (int i = 0; i < 500; i++) {
            channel().basicPublish("amq.direct", "nobody", MessageProperties.MINIMAL_BASIC, bytes("m"));
        }
        assertThat(channel().waitForConfirms(PATIENCE.toMillis())).isTrue();
    }

    @Test
    void manyConfirmsArriveForEveryPublishOnce() throws Exception {
        String queue = queue(QUORUM);
        channel().confirmSelect();
        java.util.concurrent.ConcurrentSkipListSet<Long> open = new java.util.concurrent.ConcurrentSkipListSet<>();
        java.util.concurrent.atomic.AtomicLong unexpected = new java.util.concurrent.atomic.AtomicLong();
        channel()
                .addConfirmListener(
                        (tag, multiple) -> {
                            if (multiple) {
                                open.headSet(tag, true).clear();
                            } else if (!open.remove(tag)) {
                                unexpected.incrementAndGet();
                            }
                        },
                        (tag, multiple) -> unexpected.incrementAndGet());
        for (int i = 0; i < 2_000; i++) {
            open.add(channel().getNextPublishSeqNo());
            channel().basicPublish("", queue, MessageProperties.MINIMAL_PERSISTENT_BASIC, bytes("m" + i));
        }
        await().atMost(PATIENCE).until(open::isEmpty);
        assertThat(unexpected).hasValue(0);
        awaitDepth(queue, 2_000);
    }

    @Test
    void selectingConfirmsTwiceChangesNothing() throws Exception {
        channel().confirmSelect();
        channel().confirmSelect();
        channel().basicPublish("", queue(CLASSIC), MessageProperties.MINIMAL_BASIC, bytes("m"));
        assertThat(channel().waitForConfirms(PATIENCE.toMillis())).isTrue();
    }

    @Test
    void aFailedPublishIsNotConfirmed() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        Channel doomed = connection().createChannel();
        doomed.confirmSelect();
        doomed.addConfirmListener((tag, multiple) -> seen.add("ack"), (tag, multiple) -> seen.add("nack"));
        doomed.basicPublish("missing", "k", MessageProperties.MINIMAL_BASIC, bytes("m"));
        assertThat(replyCode(awaitClose(doomed))).isEqualTo(404);
        assertThat(seen).isEmpty();
    }
}
