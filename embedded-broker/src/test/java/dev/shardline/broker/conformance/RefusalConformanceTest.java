package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import com.rabbitmq.client.GetResponse;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, how far the damage goes, and what the broker says about it. */
class RefusalConformanceTest extends Conformance {
    private static final byte[] BODY = {1};
    /** RabbitMQ cuts a reply text at 255 octets; names differ in length, so texts are compared up to here. */
    private static final int COMPARED = 150;

    /** Something that a broker may refuse. */
    interface Action {
        void run(Channel c) throws Exception;
    }

    record Refusal(String what, Action action, String answer) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void isAnsweredAsRabbitMqDoes(Refusal refusal) throws Exception {
        Channel probed = anotherConnection().createChannel();

        String answer = Failures.withText(() -> refusal.action().run(probed));

        assertThat(comparable(answer)).isEqualTo(comparable(refusal.answer()));
        assertThat(channel().isOpen()).isTrue();
    }

    private String comparable(String answer) {
        String neutral = answer.replace('\'' + broker().virtualHost() + '\'', "'{vhost}'")
                .replaceAll("'(q|bad)-[0-9a-f-]{36}'", "'{queue}'")
                .replaceAll("'amq.gen-[A-Za-z0-9_-]+'", "'{queue}'");
        return neutral.substring(0, Math.min(COMPARED, neutral.length()));
    }

    Stream<Refusal> isAnsweredAsRabbitMqDoes() {
        return Stream.of(
                new Refusal(
                        "a passive declare of a missing queue",
                        c -> {
                            c.queueDeclarePassive("missing");
                        },
                        "channel 404|NOT_FOUND - no queue 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "a passive declare of a missing exchange",
                        c -> {
                            c.exchangeDeclarePassive("missing");
                        },
                        "channel 404|NOT_FOUND - no exchange 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "a queue with a reserved name",
                        c -> {
                            c.queueDeclare("amq.mine", false, true, false, null);
                        },
                        "channel 403|ACCESS_REFUSED - queue name 'amq.mine' contains reserved prefix 'amq.*'"),
                new Refusal(
                        "an exchange with a reserved name",
                        c -> {
                            c.exchangeDeclare("amq.mine", "direct");
                        },
                        "channel 403|ACCESS_REFUSED - exchange name 'amq.mine' contains reserved prefix 'amq.*'"),
                new Refusal(
                        "deleting a predeclared exchange",
                        c -> {
                            c.exchangeDelete("amq.direct");
                        },
                        "channel 403|ACCESS_REFUSED - deletion of system exchange 'amq.direct' in vhost '{vhost}' not allowed"),
                new Refusal(
                        "declaring the default exchange",
                        c -> {
                            c.exchangeDeclare("", "direct", true);
                        },
                        "channel 403|ACCESS_REFUSED - operation not permitted on the default exchange"),
                new Refusal(
                        "deleting the default exchange",
                        c -> {
                            c.exchangeDelete("");
                        },
                        "channel 403|ACCESS_REFUSED - operation not permitted on the default exchange"),
                new Refusal(
                        "binding to the default exchange",
                        c -> {
                            String q = queue(c);
                            c.queueBind(q, "", "k");
                        },
                        "channel 403|ACCESS_REFUSED - operation not permitted on the default exchange"),
                new Refusal(
                        "binding to a missing exchange",
                        c -> {
                            String q = queue(c);
                            c.queueBind(q, "missing", "k");
                        },
                        "channel 404|NOT_FOUND - no exchange 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "binding a missing queue",
                        c -> {
                            c.queueBind("missing", "amq.direct", "k");
                        },
                        "channel 404|NOT_FOUND - no queue 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "unbinding a missing queue",
                        c -> {
                            c.queueUnbind("missing", "amq.direct", "k");
                        },
                        "accepted"),
                new Refusal(
                        "unbinding from a missing exchange",
                        c -> {
                            String q = queue(c);
                            c.queueUnbind(q, "missing", "k");
                        },
                        "accepted"),
                new Refusal(
                        "binding a missing destination exchange",
                        c -> {
                            c.exchangeBind("missing", "amq.direct", "k");
                        },
                        "channel 404|NOT_FOUND - no exchange 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "binding to a missing source exchange",
                        c -> {
                            c.exchangeBind("amq.direct", "missing", "k");
                        },
                        "channel 404|NOT_FOUND - no exchange 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "an unknown exchange type",
                        c -> {
                            c.exchangeDeclare("e1", "nonsense");
                        },
                        "channel 406|PRECONDITION_FAILED - unknown exchange type 'nonsense'"),
                new Refusal(
                        "an exchange redeclared with another type",
                        c -> {
                            c.exchangeDeclare("e-type", "direct");
                            c.exchangeDeclare("e-type", "topic");
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'e-type' in vhost '{vhost}': received 'topic' but current is 'direct'"),
                new Refusal(
                        "an exchange redeclared with another durability",
                        c -> {
                            c.exchangeDeclare("e-durable", "direct", false);
                            c.exchangeDeclare("e-durable", "direct", true);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'durable' for exchange 'e-durable' in vhost '{vhost}': received 'true' but current is 'false'"),
                new Refusal(
                        "an exchange redeclared as auto-delete",
                        c -> {
                            c.exchangeDeclare("e-auto", "direct", true, false, null);
                            c.exchangeDeclare("e-auto", "direct", true, true, null);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'auto_delete' for exchange 'e-auto' in vhost '{vhost}': received 'true' but current is 'false'"),
                new Refusal(
                        "an exchange redeclared as internal",
                        c -> {
                            c.exchangeDeclare("e-int", "direct", true, false, false, null);
                            c.exchangeDeclare("e-int", "direct", true, false, true, null);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'internal' for exchange 'e-int' in vhost '{vhost}': received 'true' but current is 'false'"),
                new Refusal(
                        "an exchange redeclared with another alternate",
                        c -> {
                            c.exchangeDeclare("e-alt", "direct", true, false, Map.of("alternate-exchange", "a"));
                            c.exchangeDeclare("e-alt", "direct", true, false, Map.of("alternate-exchange", "b"));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'e-alt' in vhost '{vhost}': received 'b' but current is 'a'"),
                new Refusal(
                        "an exchange redeclared without its alternate",
                        c -> {
                            c.exchangeDeclare("e-alt2", "direct", true, false, Map.of("alternate-exchange", "a"));
                            c.exchangeDeclare("e-alt2", "direct", true, false, null);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'alternate-exchange' for exchange 'e-alt2' in vhost '{vhost}': received none but current is the value 'a' of type 'longstr'"),
                new Refusal(
                        "publishing to a missing exchange",
                        c -> {
                            c.basicPublish("missing", "k", null, BODY);
                            refusedLater(c);
                        },
                        "channel 404|NOT_FOUND - no exchange 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "publishing to an internal exchange",
                        c -> {
                            c.exchangeDeclare("e-internal", "direct", false, false, true, null);
                            c.basicPublish("e-internal", "k", null, BODY);
                            refusedLater(c);
                        },
                        "channel 403|ACCESS_REFUSED - cannot publish to internal exchange 'e-internal' in vhost '{vhost}'"),
                new Refusal(
                        "publishing as somebody else",
                        c -> {
                            c.basicPublish(
                                    "",
                                    "k",
                                    new AMQP.BasicProperties.Builder()
                                            .userId("other")
                                            .build(),
                                    BODY);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - user_id property set to 'other' but authenticated user was 'guest'"),
                new Refusal(
                        "an expiration that is no number",
                        c -> {
                            c.basicPublish(
                                    "",
                                    "k",
                                    new AMQP.BasicProperties.Builder()
                                            .expiration("soon")
                                            .build(),
                                    BODY);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - invalid expiration 'soon': no_integer"),
                new Refusal(
                        "an expiration below zero",
                        c -> {
                            c.basicPublish(
                                    "",
                                    "k",
                                    new AMQP.BasicProperties.Builder()
                                            .expiration("-1")
                                            .build(),
                                    BODY);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - invalid expiration '-1': {value_negative,-1}"),
                new Refusal(
                        "an empty expiration",
                        c -> {
                            c.basicPublish(
                                    "",
                                    "k",
                                    new AMQP.BasicProperties.Builder()
                                            .expiration("")
                                            .build(),
                                    BODY);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - invalid expiration '': no_integer"),
                new Refusal(
                        "an immediate message",
                        c -> {
                            c.basicPublish("", "k", false, true, null, BODY);
                            refusedLater(c);
                        },
                        "connection 540|NOT_IMPLEMENTED - immediate=true"),
                new Refusal(
                        "a message over 16 MiB",
                        c -> {
                            c.basicPublish("", "k", null, new byte[16 * 1024 * 1024 + 1]);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - message size 16777217 is larger than configured max size 16777216"),
                new Refusal(
                        "a queue redeclared with another durability",
                        c -> {
                            String q = queue(c);
                            c.queueDeclare(q, false, false, false, null);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'durable' for queue '{queue}' in vhost '{vhost}': received 'false' but current is 'true'"),
                new Refusal(
                        "a quorum queue consumed with a prefetch for the whole channel",
                        c -> {
                            String q = queue(c, Map.of("x-queue-type", "quorum"));
                            c.basicQos(0, 5, true);
                            c.basicConsume(q, false, consumer(c));
                        },
                        "accepted"),
                new Refusal(
                        "a queue redeclared as auto-delete",
                        c -> {
                            String q = queue(c);
                            c.queueDeclare(q, true, false, true, null);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'auto_delete' for queue '{queue}' in vhost '{vhost}': received 'true' but current is 'false'"),
                new Refusal(
                        "a queue redeclared as exclusive",
                        c -> {
                            String q = queue(c);
                            c.queueDeclare(q, true, true, false, null);
                        },
                        "channel 405|RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '{queue}' in vhost '{vhost}'. It could be originally declared on another connection or the exclusive property value does not match that of the original decla..."),
                new Refusal(
                        "a queue redeclared with a new length",
                        c -> {
                            String q = queue(c);
                            c.queueDeclare(q, true, false, false, Map.of("x-max-length", 5));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue '{queue}' in vhost '{vhost}': received the value '5' of type 'signedint' but current is none"),
                new Refusal(
                        "a queue redeclared without its length",
                        c -> {
                            String q = queue(c, Map.of("x-max-length", 5));
                            c.queueDeclare(q, true, false, false, null);
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-max-length' for queue '{queue}' in vhost '{vhost}': received none but current is the value '5' of type 'signedint'"),
                new Refusal(
                        "a queue redeclared with another time-to-live",
                        c -> {
                            String q = queue(c, Map.of("x-message-ttl", 1000));
                            c.queueDeclare(q, true, false, false, Map.of("x-message-ttl", 2000));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue '{queue}' in vhost '{vhost}': received '2000' but current is '1000'"),
                new Refusal(
                        "a queue redeclared with another overflow",
                        c -> {
                            String q = queue(c, Map.of("x-overflow", "drop-head"));
                            c.queueDeclare(q, true, false, false, Map.of("x-overflow", "reject-publish"));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-overflow' for queue '{queue}' in vhost '{vhost}': received 'reject-publish' but current is 'drop-head'"),
                new Refusal(
                        "a queue redeclared with another dead-letter exchange",
                        c -> {
                            String q = queue(c, Map.of("x-dead-letter-exchange", "a"));
                            c.queueDeclare(q, true, false, false, Map.of("x-dead-letter-exchange", "b"));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-exchange' for queue '{queue}' in vhost '{vhost}': received 'b' but current is 'a'"),
                new Refusal(
                        "a queue redeclared with another dead-letter key",
                        c -> {
                            String q =
                                    queue(c, Map.of("x-dead-letter-exchange", "a", "x-dead-letter-routing-key", "k"));
                            c.queueDeclare(
                                    q,
                                    true,
                                    false,
                                    false,
                                    Map.of("x-dead-letter-exchange", "a", "x-dead-letter-routing-key", "l"));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-dead-letter-routing-key' for queue '{queue}' in vhost '{vhost}': received 'l' but current is 'k'"),
                new Refusal(
                        "a queue redeclared with another type",
                        c -> {
                            String q = queue(c);
                            c.queueDeclare(q, true, false, false, Map.of("x-queue-type", "quorum"));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue '{queue}' in vhost '{vhost}': received 'quorum' but current is 'classic'"),
                new Refusal(
                        "a queue redeclared as single active",
                        c -> {
                            String q = queue(c);
                            c.queueDeclare(q, true, false, false, Map.of("x-single-active-consumer", true));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-single-active-consumer' for queue '{queue}' in vhost '{vhost}': received the value 'true' of type 'bool' but current is none"),
                new Refusal(
                        "a queue redeclared with another expiry",
                        c -> {
                            String q = queue(c, Map.of("x-expires", 60000));
                            c.queueDeclare(q, true, false, false, Map.of("x-expires", 60001));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-expires' for queue '{queue}' in vhost '{vhost}': received '60001' but current is '60000'"),
                new Refusal(
                        "a queue redeclared with another byte limit",
                        c -> {
                            String q = queue(c, Map.of("x-max-length-bytes", 1000L));
                            c.queueDeclare(q, true, false, false, Map.of("x-max-length-bytes", 1001L));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-max-length-bytes' for queue '{queue}' in vhost '{vhost}': received '1001' but current is '1000'"),
                new Refusal(
                        "a quorum queue redeclared with another delivery limit",
                        c -> {
                            String q = queue(c, Map.of("x-queue-type", "quorum", "x-delivery-limit", 3));
                            c.queueDeclare(
                                    q, true, false, false, Map.of("x-queue-type", "quorum", "x-delivery-limit", 4));
                        },
                        "channel 406|PRECONDITION_FAILED - inequivalent arg 'x-delivery-limit' for queue '{queue}' in vhost '{vhost}': received '4' but current is '3'"),
                new Refusal(
                        "a time-to-live below zero",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), true, false, false, Map.of("x-message-ttl", -1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue '{queue}' in vhost '{vhost}': {value_negative,-1}"),
                new Refusal(
                        "a time-to-live that is text",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, false, false, Map.of("x-message-ttl", "soon"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-message-ttl' for queue '{queue}' in vhost '{vhost}': \"expected integer, got longstr\""),
                new Refusal(
                        "a length below zero",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), true, false, false, Map.of("x-max-length", -1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-max-length' for queue '{queue}' in vhost '{vhost}': {value_negative,-1}"),
                new Refusal(
                        "a byte limit below zero",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, false, false, Map.of("x-max-length-bytes", -1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-max-length-bytes' for queue '{queue}' in vhost '{vhost}': {value_negative,-1}"),
                new Refusal(
                        "an expiry of zero",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), true, false, false, Map.of("x-expires", 0));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-expires' for queue '{queue}' in vhost '{vhost}': {value_zero,0}"),
                new Refusal(
                        "an expiry below zero",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), true, false, false, Map.of("x-expires", -1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-expires' for queue '{queue}' in vhost '{vhost}': {value_negative,-1}"),
                new Refusal(
                        "an unknown overflow",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, false, false, Map.of("x-overflow", "burst"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-overflow' for queue '{queue}' in vhost '{vhost}': invalid_overflow"),
                new Refusal(
                        "an overflow that is a number",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), true, false, false, Map.of("x-overflow", 1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-overflow' for queue '{queue}' in vhost '{vhost}': {unacceptable_type,signedint}"),
                new Refusal(
                        "an unknown queue type",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, false, false, Map.of("x-queue-type", "magic"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-queue-type' for queue '{queue}' in vhost '{vhost}': \"unsupported queue type 'magic'\""),
                new Refusal(
                        "a dead-letter key without exchange",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-dead-letter-routing-key", "k"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-dead-letter-routing-key' for queue '{queue}' in vhost '{vhost}': routing_key_but_no_dlx_defined"),
                new Refusal(
                        "a dead-letter exchange that is a number",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-dead-letter-exchange", 1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid type 'signedint' for arg 'x-dead-letter-exchange' in queue '{queue}' in vhost '{vhost}'"),
                new Refusal(
                        "a single-active flag that is text",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-single-active-consumer", "yes"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-single-active-consumer' for queue '{queue}' in vhost '{vhost}': {unacceptable_type,longstr}"),
                new Refusal(
                        "a quorum queue that is not durable",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), false, false, false, Map.of("x-queue-type", "quorum"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid property 'non-durable' for queue '{queue}' in vhost '{vhost}'"),
                new Refusal(
                        "a quorum queue that is exclusive",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, true, false, Map.of("x-queue-type", "quorum"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid property 'exclusive-owner' for queue '{queue}' in vhost '{vhost}'"),
                new Refusal(
                        "a quorum queue that is auto-delete",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, false, true, Map.of("x-queue-type", "quorum"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid property 'auto-delete' for queue '{queue}' in vhost '{vhost}'"),
                new Refusal(
                        "a delivery limit on a classic queue",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(), true, false, false, Map.of("x-delivery-limit", 3));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-delivery-limit' for queue '{queue}' in vhost '{vhost}' of queue type rabbit_classic_queue"),
                new Refusal(
                        "a delivery limit that is text",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-delivery-limit", "3"));
                        },
                        "accepted"),
                new Refusal(
                        "a consumer time-out on a classic queue",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-consumer-timeout", 4294967295L));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue '{queue}' in vhost '{vhost}' of queue type rabbit_classic_queue"),
                new Refusal(
                        "a transient queue for everybody",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), false, false, false, null);
                        },
                        "accepted"),
                new Refusal(
                        "a transient auto-delete queue for everybody",
                        c -> {
                            c.queueDeclare("bad-" + UUID.randomUUID(), false, false, true, null);
                        },
                        "accepted"),
                new Refusal(
                        "consuming from a missing queue",
                        c -> {
                            c.basicConsume("missing", true, consumer(c));
                        },
                        "channel 404|NOT_FOUND - no queue 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "getting from a missing queue",
                        c -> {
                            c.basicGet("missing", true);
                        },
                        "channel 404|NOT_FOUND - no queue 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "purging a missing queue",
                        c -> {
                            c.queuePurge("missing");
                        },
                        "channel 404|NOT_FOUND - no queue 'missing' in vhost '{vhost}'"),
                new Refusal(
                        "a consumer tag used twice",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, "tag", consumer(c));
                            c.basicConsume(q, true, "tag", consumer(c));
                        },
                        "connection 530|NOT_ALLOWED - attempt to reuse consumer tag 'tag'"),
                new Refusal(
                        "a second consumer beside an exclusive one",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, "", false, true, null, consumer(c));
                            c.basicConsume(q, true, consumer(c));
                        },
                        "channel 403|ACCESS_REFUSED - queue '{queue}' in vhost '{vhost}' in exclusive use"),
                new Refusal(
                        "an exclusive consumer beside another one",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, consumer(c));
                            c.basicConsume(q, true, "", false, true, null, consumer(c));
                        },
                        "channel 403|ACCESS_REFUSED - queue '{queue}' in vhost '{vhost}' in exclusive use"),
                new Refusal(
                        "a priority that is text",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, Map.of("x-priority", "high"), consumer(c));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-priority' for queue '{queue}' in vhost '{vhost}': \"expected integer, got longstr\""),
                new Refusal(
                        "an unknown delivery tag",
                        c -> {
                            c.basicAck(7, false);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - unknown delivery tag 7"),
                new Refusal(
                        "an unknown delivery tag, multiple",
                        c -> {
                            c.basicAck(7, true);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - unknown delivery tag 7"),
                new Refusal(
                        "a delivery tag acknowledged twice",
                        c -> {
                            String q = queue(c);
                            c.basicPublish("", q, null, BODY);
                            long t = awaitGet(c, q).getEnvelope().getDeliveryTag();
                            c.basicAck(t, false);
                            c.basicAck(t, false);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - unknown delivery tag 1"),
                new Refusal(
                        "a negative acknowledgement of an unknown tag",
                        c -> {
                            c.basicNack(7, false, true);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - unknown delivery tag 7"),
                new Refusal(
                        "a reject of an unknown tag",
                        c -> {
                            c.basicReject(7, true);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - unknown delivery tag 7"),
                new Refusal(
                        "a prefetch for the whole channel",
                        c -> {
                            c.basicQos(0, 5, true);
                        },
                        "accepted"),
                new Refusal(
                        "a prefetch in bytes",
                        c -> {
                            c.basicQos(1000, 5, false);
                        },
                        "connection 540|NOT_IMPLEMENTED - prefetch_size!=0 (1000)"),
                new Refusal(
                        "deleting a queue in use, if unused",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, consumer(c));
                            c.queueDelete(q, true, false);
                        },
                        "channel 406|PRECONDITION_FAILED - queue '{queue}' in vhost '{vhost}' in use"),
                new Refusal(
                        "deleting a queue with messages, if empty",
                        c -> {
                            String q = queue(c);
                            c.basicPublish("", q, null, BODY);
                            awaitDepth(c, q, 1);
                            c.queueDelete(q, false, true);
                        },
                        "channel 406|PRECONDITION_FAILED - queue '{queue}' in vhost '{vhost}' not empty"),
                new Refusal(
                        "deleting a quorum queue, if empty",
                        c -> {
                            String q = queue(c, Map.of("x-queue-type", "quorum"));
                            c.queueDelete(q, false, true);
                        },
                        "connection 540|NOT_IMPLEMENTED - cannot delete queue '{queue}' in vhost '{vhost}'. queue.delete operations with if-empty flag set are not supported by quorum queues"),
                new Refusal(
                        "deleting an exchange in use, if unused",
                        c -> {
                            String q = queue(c);
                            c.exchangeDeclare("e-used", "direct");
                            c.queueBind(q, "e-used", "k");
                            c.exchangeDelete("e-used", true);
                        },
                        "channel 406|PRECONDITION_FAILED - exchange 'e-used' in vhost '{vhost}' in use"),
                new Refusal(
                        "a headers binding with an unknown match",
                        c -> {
                            String q = queue(c);
                            c.queueBind(q, "amq.headers", "", Map.of("x-match", "some"));
                        },
                        "channel 406|PRECONDITION_FAILED - Invalid x-match field value <<\"some\">>; expected all, any, all-with-x, or any-with-x"),
                new Refusal(
                        "a reply consumer that acknowledges",
                        c -> {
                            c.basicConsume("amq.rabbitmq.reply-to", false, consumer(c));
                        },
                        "channel 406|PRECONDITION_FAILED - reply consumer cannot acknowledge"),
                new Refusal(
                        "a second reply consumer",
                        c -> {
                            c.basicConsume("amq.rabbitmq.reply-to", true, consumer(c));
                            c.basicConsume("amq.rabbitmq.reply-to", true, consumer(c));
                        },
                        "channel 406|PRECONDITION_FAILED - reply consumer already set"),
                new Refusal(
                        "a request without reply consumer",
                        c -> {
                            c.basicPublish(
                                    "",
                                    "k",
                                    new AMQP.BasicProperties.Builder()
                                            .replyTo("amq.rabbitmq.reply-to")
                                            .build(),
                                    BODY);
                            refusedLater(c);
                        },
                        "channel 406|PRECONDITION_FAILED - fast reply consumer does not exist"),
                new Refusal(
                        "recovering without requeue",
                        c -> {
                            c.basicRecover(false);
                        },
                        "connection 540|NOT_IMPLEMENTED - requeue=false"),
                new Refusal(
                        "a queue without name before any was declared",
                        c -> {
                            c.queuePurge("");
                        },
                        "channel 404|NOT_FOUND - no previously declared queue"),
                new Refusal(
                        "an exclusive queue used by another connection",
                        c -> {
                            String q = exclusiveQueueOfAnotherConnection();
                            c.queueDeclarePassive(q);
                        },
                        "channel 405|RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '{queue}' in vhost '{vhost}'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration."),
                new Refusal(
                        "an exclusive queue consumed by another connection",
                        c -> {
                            String q = exclusiveQueueOfAnotherConnection();
                            c.basicConsume(q, true, consumer(c));
                        },
                        "channel 405|RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '{queue}' in vhost '{vhost}'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration."),
                new Refusal(
                        "an exclusive queue deleted by another connection",
                        c -> {
                            String q = exclusiveQueueOfAnotherConnection();
                            c.queueDelete(q);
                        },
                        "channel 405|RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '{queue}' in vhost '{vhost}'. It could be originally declared on another connection or the exclusive property value does not match that of the original declaration."),
                new Refusal(
                        "an exclusive queue declared by another connection",
                        c -> {
                            String q = exclusiveQueueOfAnotherConnection();
                            c.queueDeclare(q, false, false, false, null);
                        },
                        "channel 403|ACCESS_REFUSED - queue name '{queue}' contains reserved prefix 'amq.*'"),
                new Refusal(
                        "an alternate exchange that is a number",
                        c -> {
                            c.exchangeDeclare("e-bad", "direct", true, false, Map.of("alternate-exchange", 1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid type 'signedint' for arg 'alternate-exchange' in exchange 'e-bad' in vhost '{vhost}'"),
                new Refusal(
                        "getting from a single-active quorum queue",
                        c -> {
                            String q = queue(c, Map.of("x-queue-type", "quorum", "x-single-active-consumer", true));
                            c.basicGet(q, true);
                        },
                        "channel 405|RESOURCE_LOCKED - cannot obtain access to locked queue '{queue}' in vhost '{vhost}'. basic.get operations are not supported by <<\"quorum\">> queues with single active consumer"),
                new Refusal(
                        "getting from a single-active classic queue",
                        c -> {
                            String q = queue(c, Map.of("x-single-active-consumer", true));
                            c.basicGet(q, true);
                        },
                        "accepted"),
                new Refusal(
                        "flow switched off",
                        c -> {
                            c.rpc(new AMQP.Channel.Flow.Builder().active(false).build());
                        },
                        "connection 540|NOT_IMPLEMENTED - active=false"),
                new Refusal(
                        "an exclusive consumer of a single-active queue",
                        c -> {
                            String q = queue(c, Map.of("x-single-active-consumer", true));
                            c.basicConsume(q, true, "", false, true, null, consumer(c));
                        },
                        "channel 403|ACCESS_REFUSED - queue '{queue}' in vhost '{vhost}' in exclusive use"),
                new Refusal(
                        "a priority below zero",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, Map.of("x-priority", -5), consumer(c));
                        },
                        "accepted"),
                new Refusal(
                        "an empty queue name in a passive declare",
                        c -> {
                            c.queueDeclarePassive("");
                        },
                        "channel 404|NOT_FOUND - no queue '' in vhost '{vhost}'"),
                new Refusal(
                        "a queue bound without names",
                        c -> {
                            // The empty name means the queue that this channel declared last.
                            queue(c);
                            c.queueBind("", "amq.direct", "");
                        },
                        "accepted"),
                new Refusal(
                        "a time-to-live beyond 32 bits",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-message-ttl", 4294967296L));
                        },
                        "accepted"),
                new Refusal(
                        "a dead-letter strategy that is unknown",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-dead-letter-strategy", "perhaps"));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-dead-letter-strategy' for queue '{queue}' in vhost '{vhost}': invalid_dlx_strategy"),
                new Refusal(
                        "an at-least-once strategy",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of(
                                            "x-queue-type",
                                            "quorum",
                                            "x-dead-letter-exchange",
                                            "",
                                            "x-dead-letter-strategy",
                                            "at-least-once",
                                            "x-overflow",
                                            "reject-publish"));
                        },
                        "accepted"),
                new Refusal(
                        "a delivery limit of minus one",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-delivery-limit", -1));
                        },
                        "accepted"),
                new Refusal(
                        "a consumer time-out on a quorum queue",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-consumer-timeout", 4294967295L));
                        },
                        "accepted"),
                new Refusal(
                        "a consumer time-out below zero",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-consumer-timeout", -1));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-consumer-timeout' for queue '{queue}' in vhost '{vhost}': {value_negative,-1}"),
                new Refusal(
                        "a reject-publish-dlx on a quorum queue",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-overflow", "reject-publish-dlx"));
                        },
                        "accepted"),
                new Refusal(
                        "priorities on a quorum queue",
                        c -> {
                            c.queueDeclare(
                                    "bad-" + UUID.randomUUID(),
                                    true,
                                    false,
                                    false,
                                    Map.of("x-queue-type", "quorum", "x-max-priority", 5));
                        },
                        "channel 406|PRECONDITION_FAILED - invalid arg 'x-max-priority' for queue '{queue}' in vhost '{vhost}' of queue type rabbit_quorum_queue"),
                new Refusal(
                        "an exclusive consumer with a priority",
                        c -> {
                            String q = queue(c);
                            c.basicConsume(q, true, "", false, true, Map.of("x-priority", 5), consumer(c));
                        },
                        "accepted"),
                new Refusal(
                        "an empty exchange declared passively",
                        c -> {
                            c.exchangeDeclarePassive("");
                        },
                        "channel 403|ACCESS_REFUSED - operation not permitted on the default exchange"),
                new Refusal(
                        "confirms of a missing exchange declared passively",
                        c -> {
                            c.confirmSelect();
                            c.exchangeDeclarePassive("missing");
                        },
                        "channel 404|NOT_FOUND - no exchange 'missing' in vhost '{vhost}'"));
    }

    private static String queue(Channel c) throws Exception {
        return queue(c, CLASSIC);
    }

    private static String queue(Channel c, Map<String, Object> arguments) throws Exception {
        String name = unique("q");
        c.queueDeclare(name, true, false, false, arguments);
        return name;
    }

    private static Consumer consumer(Channel c) {
        return new Inbox(c);
    }

    /** The broker refuses later, without an answer to the method itself. */
    private static void refusedLater(Channel c) {
        Conformance.awaitClose(c);
        throw new AlreadyClosedException(c.getCloseReason());
    }

    private static GetResponse awaitGet(Channel c, String queue) {
        return await().atMost(PATIENCE).until(() -> c.basicGet(queue, false), got -> got != null);
    }

    private static void awaitDepth(Channel c, String queue, long depth) {
        await().atMost(PATIENCE).until(() -> c.messageCount(queue) == depth);
    }

    private String exclusiveQueueOfAnotherConnection() throws Exception {
        return anotherConnection().createChannel().queueDeclare().getQueue();
    }
}
