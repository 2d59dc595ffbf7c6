package dev.shardline.sdk.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Envelope;
import dev.shardline.sdk.dispatch.Delivery;
import dev.shardline.sdk.dispatch.Inbound;
import org.jspecify.annotations.Nullable;

/** A delivery with the session it belongs to. */
final class BrokerDelivery implements Delivery {
    /** What a delivery needs from its group. */
    interface Group {
        /** Publishes to the dead queue; {@code whenConfirmed} gets false when the session ended before. */
        void dead(
                BrokerDelivery delivery,
                String reason,
                int attempts,
                @Nullable Throwable error,
                java.util.function.Consumer<Boolean> whenConfirmed);

        /** See {@link Delivery#stepAside()}. */
        boolean stepAside(BrokerDelivery delivery);
    }

    private final QueueSession session;
    private Inbound message;
    private final Envelope envelope;
    private final AMQP.BasicProperties properties;
    private @Nullable Group group;

    BrokerDelivery(QueueSession session, Inbound message, Envelope envelope, AMQP.BasicProperties properties) {
        this.session = session;
        this.message = message;
        this.envelope = envelope;
        this.properties = properties;
    }

    BrokerDelivery in(Group owner) {
        group = owner;
        return this;
    }

    /** Shows it to handlers as redelivered: it may have been handled already. To be called before it is dispatched. */
    void doubt() {
        if (!message.redelivered()) {
            message = new Inbound(message.type(), message.body(), message.messageId(), message.headers(), true);
        }
    }

    QueueSession session() {
        return session;
    }

    long tag() {
        return envelope.getDeliveryTag();
    }

    String routingKey() {
        return envelope.getRoutingKey();
    }

    AMQP.BasicProperties properties() {
        return properties;
    }

    @Override
    public Inbound message() {
        return message;
    }

    @Override
    public boolean begin() {
        return session.begin(this);
    }

    @Override
    public void pause() {
        session.end(this);
    }

    @Override
    public void ack() {
        session.settle(envelope.getDeliveryTag());
        session.end(this);
    }

    @Override
    public void dead(String reason, int attempts, @Nullable Throwable error, Runnable done) {
        session.dies(this);
        group().dead(this, reason, attempts, error, confirmed -> {
            if (confirmed) {
                session.settle(envelope.getDeliveryTag());
            }
            session.end(this);
            done.run();
        });
    }

    @Override
    public boolean stepAside() {
        boolean aside = group().stepAside(this);
        if (aside) {
            session.end(this);
        }
        return aside;
    }

    @Override
    public void release() {
        session.released(this);
    }

    private Group group() {
        if (group == null) {
            throw new IllegalStateException("delivery without a group");
        }
        return group;
    }
}
