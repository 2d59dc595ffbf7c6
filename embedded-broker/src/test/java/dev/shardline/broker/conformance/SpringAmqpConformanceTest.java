package dev.shardline.broker.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageListener;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.DirectMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;

/** Spring AMQP's own classes, as bots and the gateway use them. */
class SpringAmqpConformanceTest extends Conformance {
    private CachingConnectionFactory factory = new CachingConnectionFactory();

    @BeforeEach
    void connectSpring() {
        factory = new CachingConnectionFactory(URI.create(broker().uri()));
        factory.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
        factory.setPublisherReturns(true);
    }

    @AfterEach
    void disconnectSpring() {
        factory.destroy();
    }

    private String declare(Queue queue) {
        new RabbitAdmin(factory).declareQueue(queue);
        return queue.getName();
    }

    @Test
    void theAdminDeclaresBindsAndDeletes() {
        RabbitAdmin admin = new RabbitAdmin(factory);
        TopicExchange exchange = new TopicExchange(unique("e"));
        Queue queue = QueueBuilder.durable(unique("q")).quorum().build();
        admin.declareExchange(exchange);
        admin.declareQueue(queue);
        admin.declareBinding(BindingBuilder.bind(queue).to(exchange).with("a.#"));
        new RabbitTemplate(factory).convertAndSend(exchange.getName(), "a.b", "m");
        await().atMost(PATIENCE).until(() -> channel().messageCount(queue.getName()) == 1);
        assertThat(admin.deleteQueue(queue.getName())).isTrue();
        assertThat(admin.deleteExchange(exchange.getName())).isTrue();
        assertThat(admin.getQueueInfo(queue.getName())).isNull();
    }

    @Test
    void aCorrelatedConfirmIsAnAck() throws Exception {
        String queue = declare(QueueBuilder.durable(unique("q")).quorum().build());
        CorrelationData correlation = new CorrelationData("1");
        new RabbitTemplate(factory).convertAndSend("", queue, (Object) "m", correlation);
        assertThat(correlation.getFuture().get(10, TimeUnit.SECONDS).ack()).isTrue();
    }

    @Test
    void anUnroutableMandatoryMessageIsReturnedAndAcked() throws Exception {
        CorrelationData correlation = new CorrelationData("1");
        RabbitTemplate template = new RabbitTemplate(factory);
        template.setMandatory(true);
        template.convertAndSend("", unique("missing"), (Object) "m", correlation);
        assertThat(correlation.getFuture().get(10, TimeUnit.SECONDS).ack()).isTrue();
        assertThat(correlation.getReturned()).isNotNull();
    }

    @Test
    void theSimpleContainerConsumesAndRejects() throws Exception {
        listens(new SimpleMessageListenerContainer(factory));
    }

    @Test
    void theDirectContainerConsumesAndRejects() throws Exception {
        listens(new DirectMessageListenerContainer(factory));
    }

    private void listens(AbstractMessageListenerContainer container) throws Exception {
        String dead = declare(QueueBuilder.durable(unique("dead")).build());
        String queue = declare(QueueBuilder.durable(unique("q"))
                .quorum()
                .deadLetterExchange("")
                .deadLetterRoutingKey(dead)
                .build());
        List<String> seen = new CopyOnWriteArrayList<>();
        container.setQueueNames(queue);
        container.setMessageListener((MessageListener) message -> {
            String body = text(message.getBody());
            seen.add(body);
            if (body.equals("poison")) {
                throw new AmqpRejectAndDontRequeueException("poison");
            }
        });
        container.afterPropertiesSet();
        container.start();
        try {
            fill(queue, "1", "poison", "2");
            await().atMost(PATIENCE).until(() -> seen.contains("2"));
            assertThat(text(take(dead).getBody())).isEqualTo("poison");
            assertThat(seen).containsExactly("1", "poison", "2");
        } finally {
            container.stop();
        }
    }

    @Test
    void aRequestIsAnsweredThroughDirectReplyTo() {
        String queue = declare(QueueBuilder.durable(unique("rpc")).build());
        SimpleMessageListenerContainer server = new SimpleMessageListenerContainer(factory);
        RabbitTemplate answers = new RabbitTemplate(factory);
        server.setQueueNames(queue);
        server.setMessageListener((MessageListener) (Message request) -> answers.send(
                "",
                request.getMessageProperties().getReplyTo(),
                new Message(bytes("answer"), request.getMessageProperties())));
        server.afterPropertiesSet();
        server.start();
        try {
            RabbitTemplate asking = new RabbitTemplate(factory);
            asking.setReplyTimeout(PATIENCE.toMillis());
            Message reply = asking.sendAndReceive("", queue, new Message(bytes("question")));
            assertThat(reply).isNotNull();
            assertThat(text(java.util.Objects.requireNonNull(reply).getBody())).isEqualTo("answer");
        } finally {
            server.stop();
        }
    }
}
