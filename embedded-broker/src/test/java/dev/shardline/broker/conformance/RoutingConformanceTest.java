package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingConformanceTest extends Conformance {
    private static final AMQP.BasicProperties PLAIN = MessageProperties.MINIMAL_PERSISTENT_BASIC;

    @ParameterizedTest
    @CsvSource(
            value = {
                "a.b|a.b|true",
                "a.b|a.c|false",
                "a.*|a.b|true",
                "a.*|a|false",
                "a.*|a.b.c|false",
                "a.*|a.|true",
                "*|a|true",
                "*|''|false",
                "#|''|true",
                "#|a.b.c|true",
                "a.#|a|true",
                "a.#|a.b.c|true",
                "a.#|b.a|false",
                "#.c|c|true",
                "#.c|a.b.c|true",
                "#.c|a.b.d|false",
                "a.#.z|a.z|true",
                "a.#.z|a.b.c.z|true",
                "a.#.z|a.b.c|false",
                "*.*|a.b|true",
                "*.#|''|false",
                "*.#|a|true",
                "#.#|a|true",
                "a..b|a..b|true",
                "a.*.b|a..b|true",
            },
            delimiter = '|')
    void aTopicPatternMatchesWordByWord(String pattern, String key, boolean matches) throws Exception {
        String exchange = exchange("topic");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, pattern);
        publish(exchange, key, PLAIN, "m");
        assertThat(drain(queue)).hasSize(matches ? 1 : 0);
    }

    @Test
    void aDirectExchangeComparesTheWholeKey() throws Exception {
        String exchange = exchange("direct");
        String queue = queue(QUORUM);
        channel().queueBind(queue, exchange, "MESSAGE_CREATE.7");
        publish(exchange, "MESSAGE_CREATE.7", PLAIN, "yes");
        publish(exchange, "MESSAGE_CREATE.8", PLAIN, "no");
        publish(exchange, "#", PLAIN, "no");
        awaitDepth(queue, 1);
        assertThat(drain(queue)).containsExactly("yes");
    }

    @Test
    void aFanoutExchangeIgnoresTheKey() throws Exception {
        String exchange = exchange("fanout");
        String one = queue(CLASSIC);
        String two = queue(CLASSIC);
        channel().queueBind(one, exchange, "x");
        channel().queueBind(two, exchange, "");
        publish(exchange, "whatever", PLAIN, "m");
        assertThat(drain(one)).containsExactly("m");
        assertThat(drain(two)).containsExactly("m");
    }

    @Test
    void aQueueBoundTwiceGetsOneCopy() throws Exception {
        String exchange = exchange("topic");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "a.#");
        channel().queueBind(queue, exchange, "*.b");
        publish(exchange, "a.b", PLAIN, "m");
        assertThat(drain(queue)).containsExactly("m");
    }

    @Test
    void unbindingOneOfTwoBindingsKeepsTheOther() throws Exception {
        String exchange = exchange("direct");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "a");
        channel().queueBind(queue, exchange, "b");
        channel().queueUnbind(queue, exchange, "a");
        publish(exchange, "a", PLAIN, "a");
        publish(exchange, "b", PLAIN, "b");
        assertThat(drain(queue)).containsExactly("b");
    }

    @Test
    void bindingsWithOtherArgumentsAreOtherBindings() throws Exception {
        String exchange = exchange("direct");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "a", Map.of("x", 1));
        channel().queueBind(queue, exchange, "a", Map.of("x", 2));
        channel().queueUnbind(queue, exchange, "a", Map.of("x", 1));
        publish(exchange, "a", PLAIN, "m");
        assertThat(drain(queue)).containsExactly("m");
    }

    @ParameterizedTest
    @CsvSource({
        "all, 1, 2, true",
        "all, 1, 3, false",
        "any, 1, 3, true",
        "any, 9, 9, false",
    })
    void aHeadersExchangeComparesHeaders(String mode, int a, int b, boolean matches) throws Exception {
        String exchange = exchange("headers");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "", Map.of("x-match", mode, "a", 1, "b", 2));
        publish(exchange, "", withHeaders(Map.of("a", a, "b", b)), "m");
        assertThat(drain(queue)).hasSize(matches ? 1 : 0);
    }

    @Test
    void aHeadersExchangeDoesNotMindTheWidthOfANumber() throws Exception {
        String exchange = exchange("headers");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "", Map.of("x-match", "all", "a", 1));
        publish(exchange, "", withHeaders(Map.of("a", 1L)), "m");
        assertThat(drain(queue)).containsExactly("m");
    }

    @Test
    void aHeadersExchangeIgnoresXHeadersUnlessToldOtherwise() throws Exception {
        String exchange = exchange("headers");
        String ignoring = queue(CLASSIC);
        String minding = queue(CLASSIC);
        channel().queueBind(ignoring, exchange, "", Map.of("x-match", "all", "a", 1, "x-b", 2));
        channel().queueBind(minding, exchange, "", Map.of("x-match", "all-with-x", "a", 1, "x-b", 2));
        publish(exchange, "", withHeaders(Map.of("a", 1)), "m");
        assertThat(drain(ignoring)).hasSize(1);
        assertThat(drain(minding)).isEmpty();
    }

    @Test
    void aHeadersBindingWithoutArgumentsMatchesEverything() throws Exception {
        String exchange = exchange("headers");
        String all = queue(CLASSIC);
        String any = queue(CLASSIC);
        channel().queueBind(all, exchange, "", Map.of("x-match", "all"));
        channel().queueBind(any, exchange, "", Map.of("x-match", "any"));
        publish(exchange, "", PLAIN, "m");
        assertThat(drain(all)).hasSize(1);
        assertThat(drain(any)).isEmpty();
    }

    @Test
    void aHeadersBindingWithoutValueAsksForPresenceOnly() throws Exception {
        String exchange = exchange("headers");
        String queue = queue(CLASSIC);
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("x-match", "all");
        wanted.putAll(Collections.singletonMap("a", null));
        channel().queueBind(queue, exchange, "", wanted);
        publish(exchange, "", withHeaders(Map.of("a", "anything")), "m");
        publish(exchange, "", withHeaders(Map.of("b", "anything")), "n");
        assertThat(drain(queue)).containsExactly("m");
    }

    @Test
    void anExchangeBoundToAnExchangePassesMessagesOn() throws Exception {
        String source = exchange("topic");
        String end = exchange("direct");
        String queue = queue(CLASSIC);
        channel().exchangeBind(end, source, "a.#");
        channel().queueBind(queue, end, "a.b");
        publish(source, "a.b", PLAIN, "yes");
        publish(source, "a.c", PLAIN, "no");
        assertThat(drain(queue)).containsExactly("yes");
        channel().exchangeUnbind(end, source, "a.#");
        publish(source, "a.b", PLAIN, "late");
        assertThat(drain(queue)).isEmpty();
    }

    @Test
    void exchangesBoundInACircleDeliverOnce() throws Exception {
        String one = exchange("fanout");
        String two = exchange("fanout");
        String queue = queue(CLASSIC);
        channel().exchangeBind(two, one, "");
        channel().exchangeBind(one, two, "");
        channel().queueBind(queue, one, "");
        channel().queueBind(queue, two, "");
        publish(one, "", PLAIN, "m");
        assertThat(drain(queue)).containsExactly("m");
    }

    @Test
    void anInternalExchangeStillPassesOnWhatOtherExchangesSend() throws Exception {
        String internal = unique("e");
        channel().exchangeDeclare(internal, "fanout", true, false, true, null);
        String source = exchange("fanout");
        String queue = queue(CLASSIC);
        channel().exchangeBind(internal, source, "");
        channel().queueBind(queue, internal, "");
        publish(source, "", PLAIN, "m");
        assertThat(drain(queue)).containsExactly("m");
    }

    @Test
    void whatMatchesNothingGoesToTheAlternateExchange() throws Exception {
        String alternate = exchange("fanout");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, alternate, "");
        String exchange = unique("e");
        channel().exchangeDeclare(exchange, "direct", true, false, Map.of("alternate-exchange", alternate));
        publish(exchange, "nobody", PLAIN, "m");
        assertThat(drain(queue)).containsExactly("m");
    }

    @Test
    void aMessageRoutedByTheAlternateExchangeIsNotReturned() throws Exception {
        String alternate = exchange("fanout");
        channel().queueBind(queue(CLASSIC), alternate, "");
        String exchange = unique("e");
        channel().exchangeDeclare(exchange, "direct", true, false, Map.of("alternate-exchange", alternate));
        assertThat(returnedCodes(exchange, "nobody")).isEmpty();
    }

    @Test
    void aMandatoryMessageThatMatchesNothingIsReturnedBeforeItIsConfirmed() throws Exception {
        assertThat(returnedCodes(exchange("direct"), "nobody")).containsExactly("return 312 NO_ROUTE", "ack");
    }

    @Test
    void aMandatoryMessageToAMissingQueueIsReturned() throws Exception {
        assertThat(returnedCodes("", "missing")).containsExactly("return 312 NO_ROUTE", "ack");
    }

    @Test
    void aReturnedMessageComesBackWhole() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        channel().confirmSelect();
        channel()
                .addReturnListener((code, text, exchange, key, properties, body) ->
                        seen.add(exchange + '|' + key + '|' + properties.getMessageId() + '|' + body.length));
        channel()
                .basicPublish(
                        "amq.direct",
                        "nobody",
                        true,
                        new AMQP.BasicProperties.Builder().messageId("id-1").build(),
                        new byte[200_000]);
        channel().waitForConfirms(PATIENCE.toMillis());
        assertThat(seen).containsExactly("amq.direct|nobody|id-1|200000");
    }

    private List<String> returnedCodes(String exchange, String key) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (Channel publisher = connection().createChannel()) {
            publisher.confirmSelect();
            publisher.addReturnListener(
                    (code, text, to, routingKey, properties, body) -> seen.add("return " + code + ' ' + text));
            publisher.addConfirmListener((tag, multiple) -> seen.add("ack"), (tag, multiple) -> seen.add("nack"));
            publisher.basicPublish(exchange, key, true, PLAIN, bytes("m"));
            publisher.waitForConfirms(PATIENCE.toMillis());
        }
        seen.removeIf(each -> seen.size() == 1 && each.equals("ack"));
        return seen;
    }

    @Test
    void copiesGoToTheKeysInCcAndBccAndOnlyBccIsTakenOut() throws Exception {
        String one = queue(CLASSIC);
        String two = queue(CLASSIC);
        String three = queue(CLASSIC);
        publish("", one, withHeaders(Map.of("CC", List.of(two), "BCC", List.of(three))), "m");
        for (String queue : List.of(one, two, three)) {
            assertThat(take(queue).getProps().getHeaders()).containsKey("CC").doesNotContainKey("BCC");
        }
    }

    @Test
    void deletingAQueueTakesItsBindingsAway() throws Exception {
        String exchange = exchange("direct");
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "k");
        channel().queueDelete(queue);
        channel().queueDeclare(queue, true, false, false, CLASSIC);
        publish(exchange, "k", PLAIN, "m");
        assertThat(drain(queue)).isEmpty();
    }

    @Test
    void anAutoDeleteExchangeGoesWithItsLastBinding() throws Exception {
        String exchange = unique("e");
        channel().exchangeDeclare(exchange, "direct", true, true, null);
        String queue = queue(CLASSIC);
        channel().queueBind(queue, exchange, "k");
        channel().queueUnbind(queue, exchange, "k");
        Channel other = connection().createChannel();
        assertThat(Failures.of(() -> other.exchangeDeclarePassive(exchange))).isEqualTo("channel 404");
    }

    @Test
    void deletingAMissingExchangeIsNoError() throws Exception {
        channel().exchangeDelete(unique("missing"));
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void predeclaredExchangesExist() throws Exception {
        for (String name : List.of("amq.direct", "amq.fanout", "amq.topic", "amq.headers", "amq.match")) {
            channel().exchangeDeclarePassive(name);
        }
        channel().exchangeDeclare("amq.topic", "topic", true);
        assertThat(channel().isOpen()).isTrue();
    }

    @Test
    void theMessageArrivesByteForByteWithAllItsProperties() throws Exception {
        String queue = queue(QUORUM);
        Map<String, Object> headers = new HashMap<>();
        headers.put("int", 5);
        headers.put("long", 1L << 40);
        headers.put("text", "ä€😀");
        headers.put("flag", true);
        headers.put("list", new ArrayList<>(List.of(1, 2)));
        headers.put("table", Map.of("k", 3));
        AMQP.BasicProperties sent = new AMQP.BasicProperties.Builder()
                .contentType("application/json")
                .contentEncoding("identity")
                .headers(headers)
                .deliveryMode(2)
                .priority(0)
                .correlationId("c")
                .replyTo("r")
                .messageId("session:17")
                .timestamp(java.util.Date.from(java.time.Instant.ofEpochSecond(1_700_000_000)))
                .type("MESSAGE_CREATE")
                .userId("guest")
                .appId("app")
                .build();
        publish("", queue, sent, "body");
        AMQP.BasicProperties got = take(queue).getProps();
        assertThat(got.toString()).isEqualTo(sent.toString());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "131063", "131064", "131065", "262144", "5000000"})
    void bodiesOfAnySizeArriveWhole(int size) throws Exception {
        String queue = queue(CLASSIC);
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (i * 31);
        }
        channel().basicPublish("", queue, PLAIN, body);
        assertThat(take(queue).getBody()).isEqualTo(body);
    }

    private static AMQP.BasicProperties withHeaders(Map<String, Object> headers) {
        return new AMQP.BasicProperties.Builder()
                .headers(headers)
                .deliveryMode(2)
                .build();
    }
}
