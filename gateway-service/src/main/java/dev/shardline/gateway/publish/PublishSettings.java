package dev.shardline.gateway.publish;

import java.time.Duration;
import java.util.Set;

/**
 * Limits of the publishing path. All bounds of memory are per lane unless it says otherwise.
 *
 * @param lanes connections with one channel each, 1 to 16. The events of a shard always take the same lane
 * @param applicationId goes into {@code app_id}
 * @param windowMessages unconfirmed messages, 1 or more
 * @param windowBytes unconfirmed bytes, 1 or more; one message may exceed it
 * @param memoryMessages messages in memory, unconfirmed ones included; what comes then goes to the spool
 * @param memoryBytes bytes of bodies in memory, likewise
 * @param spoolBufferBytes bytes waiting for the disk, over all lanes; what comes then stays at Discord until there is room
 * @param maxMessageBytes larger bodies are left out and counted; RabbitMQ 4 closes the channel above 16 MiB
 * @param mandatory whether the broker returns events that no queue wants, so that they can be counted. A returned event
 *     travels twice
 * @param confirmTimeout a connection whose oldest confirm takes longer is given up, unless the broker has said that it is
 *     blocked
 * @param refusedFor how long an episode of refusals by the full queues of a configured group may hold up a lane, until what
 *     they refuse is given up for that group; zero for ever
 * @param spoolAfter how long the broker may be away, blocked or silent until memory is copied to the spool
 * @param spoolMaxAge spooled events older than this, by their time of receipt, are dropped and counted; zero keeps
 *     them for ever
 * @param sheddable event names that are dropped, and counted, when there is no room in memory and the spool is over four
 *     fifths full, or its disk takes nothing; in this state nothing else is dropped
 * @param backoffMin first wait before reconnecting
 * @param backoffMax longest wait before reconnecting; the actual wait is between half and all of it
 */
public record PublishSettings(
        int lanes,
        String applicationId,
        int windowMessages,
        long windowBytes,
        int memoryMessages,
        long memoryBytes,
        long spoolBufferBytes,
        int maxMessageBytes,
        boolean mandatory,
        Duration confirmTimeout,
        Duration refusedFor,
        Duration spoolAfter,
        Duration spoolMaxAge,
        Set<String> sheddable,
        Duration backoffMin,
        Duration backoffMax) {

    /** Checks the ranges. */
    public PublishSettings {
        require("lanes", lanes, 1, Stripes.COUNT);
        require("window-messages", windowMessages, 1, 1 << 20);
        require("window-bytes", windowBytes, 1, 1L << 40);
        require("memory-messages", memoryMessages, windowMessages, 1 << 24);
        require("memory-bytes", memoryBytes, 1, 1L << 40);
        require("spool-buffer-bytes", spoolBufferBytes, 1, 1L << 40);
        require("max-message-bytes", maxMessageBytes, 1, Integer.MAX_VALUE);
        require("confirm-timeout in ms", confirmTimeout.toMillis(), 1, Long.MAX_VALUE);
        require("refused-for in ms", refusedFor.toMillis(), 0, Long.MAX_VALUE / 1_000_000);
        require("spool-after in ms", spoolAfter.toMillis(), 1, Long.MAX_VALUE);
        require("spool-max-age in ms", spoolMaxAge.toMillis(), 0, Long.MAX_VALUE / 1_000);
        require("backoff-min in ms", backoffMin.toMillis(), 1, backoffMax.toMillis());
        sheddable = Set.copyOf(sheddable);
    }

    /** Defaults: one lane per two cores, a window of 2,000 messages or 8 MiB, 32 MiB of memory per lane. */
    public static PublishSettings defaults(String applicationId) {
        return new PublishSettings(
                Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() / 2)),
                applicationId,
                2_000,
                8L << 20,
                20_000,
                32L << 20,
                64L << 20,
                16 << 20,
                true,
                Duration.ofSeconds(30),
                Duration.ofMinutes(15),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Set.of("TYPING_START", "PRESENCE_UPDATE"),
                Duration.ofMillis(100),
                Duration.ofSeconds(10));
    }

    /** The same with another number of lanes. */
    public PublishSettings withLanes(int count) {
        return new PublishSettings(
                count,
                applicationId,
                windowMessages,
                windowBytes,
                memoryMessages,
                memoryBytes,
                spoolBufferBytes,
                maxMessageBytes,
                mandatory,
                confirmTimeout,
                refusedFor,
                spoolAfter,
                spoolMaxAge,
                sheddable,
                backoffMin,
                backoffMax);
    }

    /** The same with other bounds of window and memory. */
    public PublishSettings withMemory(int window, int messages, long bytes, long spoolBuffer) {
        return new PublishSettings(
                lanes,
                applicationId,
                window,
                windowBytes,
                messages,
                bytes,
                spoolBuffer,
                maxMessageBytes,
                mandatory,
                confirmTimeout,
                refusedFor,
                spoolAfter,
                spoolMaxAge,
                sheddable,
                backoffMin,
                backoffMax);
    }

    /** The same with other times. */
    public PublishSettings withTimes(Duration confirm, Duration spool, Duration maxAge, Duration backoff) {
        return new PublishSettings(
                lanes,
                applicationId,
                windowMessages,
                windowBytes,
                memoryMessages,
                memoryBytes,
                spoolBufferBytes,
                maxMessageBytes,
                mandatory,
                confirm,
                refusedFor,
                spool,
                maxAge,
                sheddable,
                backoff,
                backoff.multipliedBy(10));
    }

    /** The same with or without counting what nobody is bound to. */
    public PublishSettings withMandatory(boolean on) {
        return new PublishSettings(
                lanes,
                applicationId,
                windowMessages,
                windowBytes,
                memoryMessages,
                memoryBytes,
                spoolBufferBytes,
                maxMessageBytes,
                on,
                confirmTimeout,
                refusedFor,
                spoolAfter,
                spoolMaxAge,
                sheddable,
                backoffMin,
                backoffMax);
    }

    /** The same with another patience with full queues. */
    public PublishSettings withRefusedFor(Duration time) {
        return new PublishSettings(
                lanes,
                applicationId,
                windowMessages,
                windowBytes,
                memoryMessages,
                memoryBytes,
                spoolBufferBytes,
                maxMessageBytes,
                mandatory,
                confirmTimeout,
                time,
                spoolAfter,
                spoolMaxAge,
                sheddable,
                backoffMin,
                backoffMax);
    }

    /** The same with other kinds that may be dropped. */
    public PublishSettings withSheddable(Set<String> kinds) {
        return new PublishSettings(
                lanes,
                applicationId,
                windowMessages,
                windowBytes,
                memoryMessages,
                memoryBytes,
                spoolBufferBytes,
                maxMessageBytes,
                mandatory,
                confirmTimeout,
                refusedFor,
                spoolAfter,
                spoolMaxAge,
                kinds,
                backoffMin,
                backoffMax);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("publish." + name + " must be " + min + " to " + max + ", was " + value);
        }
    }
}
