package dev.shardline.sdk.testing;

import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.PayloadCodec;
import dev.shardline.sdk.event.ShardInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event without a broker, for tests of handlers. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * TestEvent event = TestEvent.of("MESSAGE_CREATE", "{\"content\":\"spam\"}").withGuild(42);
 * moderation.check(event);
 * assertThat(deleted).containsExactly(...);
 * }</pre>
 *
 * @param guildId null outside guilds
 * @param age fixed, so that no test depends on the clock
 */
@SuppressWarnings("ArrayRecordComponent") // as EventContext shows it
public record TestEvent(
        String type,
        byte[] raw,
        @Nullable String guildId,
        Duration age,
        int attempt,
        boolean redelivered,
        boolean deferred,
        long sequence)
        implements EventContext {
    /** The instant at which every test event is handled. */
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    /** An event as if it had just come in, of no guild. */
    public static TestEvent of(String type, String json) {
        return new TestEvent(type, json.getBytes(StandardCharsets.UTF_8), null, Duration.ZERO, 1, false, false, 1);
    }

    /** In a guild. */
    public TestEvent withGuild(long id) {
        return new TestEvent(type, raw, Long.toUnsignedString(id), age, attempt, redelivered, deferred, sequence);
    }

    /** Received so long ago. */
    public TestEvent withAge(Duration other) {
        return new TestEvent(type, raw, guildId, other, attempt, redelivered, deferred, sequence);
    }

    /** As if the handler had failed {@code number - 1} times. */
    public TestEvent withAttempt(int number) {
        return new TestEvent(type, raw, guildId, age, number, redelivered, deferred, sequence);
    }

    /** As if it had been delivered before. */
    public TestEvent asRedelivered() {
        return new TestEvent(type, raw, guildId, age, attempt, true, deferred, sequence);
    }

    /** As if the gateway had told Discord that the answer comes later. */
    public TestEvent asDeferred() {
        return new TestEvent(type, raw, guildId, age, attempt, redelivered, true, sequence);
    }

    /** With another sequence, and so another identity. */
    public TestEvent withSequence(long number) {
        return new TestEvent(type, raw, guildId, age, attempt, redelivered, deferred, number);
    }

    @Override
    public String group() {
        return "test";
    }

    @Override
    public JsonNode json() {
        return PayloadCodec.tree(type, raw);
    }

    @Override
    public <T> T as(Class<T> target) {
        return PayloadCodec.bind(type, raw, target);
    }

    @Override
    public boolean has(String field) {
        return json().has(field);
    }

    @Override
    public ShardInfo shard() {
        return new ShardInfo(0, 1);
    }

    @Override
    public String session() {
        return "test-session";
    }

    @Override
    public String messageId() {
        return session() + ':' + sequence;
    }

    @Override
    public Instant receivedAt() {
        return NOW.minus(age);
    }

    @Override
    public boolean replayed() {
        return false;
    }

    @Override
    public Map<String, Object> headers() {
        return Map.of();
    }
}
