package dev.shardline.sdk.dispatch;

import dev.shardline.contract.EventHeaders;
import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.PayloadCodec;
import dev.shardline.sdk.event.ShardInfo;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.time.Timers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The context of one attempt. Views of the payload are shared between the attempts of an event. */
final class DeliveredEvent implements EventContext {
    private final String group;
    private final Inbound message;
    private final Timers timers;
    private final int attempt;
    private final Views views;
    private final Dispatcher dispatcher;

    DeliveredEvent(Dispatcher dispatcher, Inbound message) {
        this(dispatcher, message, 1, new Views());
    }

    private DeliveredEvent(Dispatcher dispatcher, Inbound message, int attempt, Views views) {
        this.group = dispatcher.policy.group();
        this.message = message;
        this.timers = dispatcher.timers;
        this.dispatcher = dispatcher;
        this.attempt = attempt;
        this.views = views;
    }

    DeliveredEvent onAttempt(int number) {
        return number == attempt ? this : new DeliveredEvent(dispatcher, message, number, views);
    }

    @Override
    public GatewayCommands gateway() {
        return dispatcher.policy.gateway();
    }

    @Override
    public CompletionStage<EventContext> next(String type, Predicate<EventContext> wanted, Duration timeout) {
        return next(type, null, wanted, timeout);
    }

    @Override
    public CompletionStage<EventContext> nextMessage(Duration timeout) {
        Author author = Author.of(this);
        if (author.channel().isEmpty() || author.user().isEmpty()) {
            throw new ShardlineException(
                    ShardlineException.Kind.PAYLOAD,
                    type() + " has no user or no channel to wait for: use next(type, wanted, timeout)");
        }
        return next("MESSAGE_CREATE", author, event -> author.equals(Author.of(event)), timeout);
    }

    private CompletionStage<EventContext> next(
            String type, @Nullable Author who, Predicate<EventContext> wanted, Duration timeout) {
        if (dispatcher.handlers.of(type).isEmpty()) {
            throw new ShardlineException(
                    ShardlineException.Kind.CONFIGURATION,
                    "group " + group + " does not get " + type
                            + ": register a handler for it, even one that does nothing");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new ShardlineException(
                    ShardlineException.Kind.CONFIGURATION, "timeout must be positive, was " + timeout);
        }
        return dispatcher.policy.waits().next(guildId(), type, who, wanted, timeout);
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String type() {
        return message.type();
    }

    @Override
    public byte[] raw() {
        return message.body();
    }

    @Override
    public JsonNode json() {
        synchronized (views) {
            JsonNode tree = views.tree;
            if (tree == null) {
                tree = PayloadCodec.tree(type(), raw());
                views.tree = tree;
            }
            return tree;
        }
    }

    @Override
    public <T> T as(Class<T> type) {
        synchronized (views) {
            if (type.isInstance(views.bound)) {
                return type.cast(views.bound);
            }
            T bound = PayloadCodec.bind(type(), raw(), type);
            views.bound = bound;
            return bound;
        }
    }

    @Override
    public boolean has(String field) {
        return json().has(field);
    }

    @Override
    public @Nullable String guildId() {
        return message.guildId();
    }

    @Override
    public ShardInfo shard() {
        return new ShardInfo((int) message.number(EventHeaders.SHARD, 0), (int) message.number(EventHeaders.SHARDS, 1));
    }

    @Override
    public String session() {
        return message.session();
    }

    @Override
    public long sequence() {
        return message.sequence();
    }

    @Override
    public String messageId() {
        return message.messageId();
    }

    @Override
    public Instant receivedAt() {
        long micros = receivedMicros();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    @Override
    public Duration age() {
        return Duration.ofMillis(ageMillis());
    }

    long ageMillis() {
        return Math.max(0, timers.epochMillis() - receivedMicros() / 1_000);
    }

    private long receivedMicros() {
        long micros = message.number(EventHeaders.RECEIVED, -1);
        return micros >= 0 ? micros : timers.epochMillis() * 1_000;
    }

    @Override
    public boolean redelivered() {
        return message.redelivered();
    }

    @Override
    public boolean replayed() {
        return Boolean.TRUE.equals(message.headers().get(EventHeaders.REPLAYED));
    }

    @Override
    public boolean deferred() {
        return Boolean.TRUE.equals(message.headers().get(EventHeaders.DEFERRED));
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Map<String, Object> headers() {
        Map<String, Object> copy = new HashMap<>();
        message.headers()
                .forEach((name, value) -> copy.put(
                        name, value instanceof Number || value instanceof Boolean ? value : String.valueOf(value)));
        return copy;
    }

    /** Never the raw payload: it is private to the bot's users. */
    @Override
    public String toString() {
        return type() + " " + messageId() + (guildId() == null ? "" : " guild " + guildId()) + " attempt " + attempt;
    }

    private static final class Views {
        private @Nullable JsonNode tree;
        private @Nullable Object bound;
    }
}
