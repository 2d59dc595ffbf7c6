package dev.shardline.gateway.shard;

/**
 * How far a session was received, over all its connections.
 *
 * <p>Two readers can meet here: that of a connection we gave up and that of its successor. The lock keeps the order, and
 * what the first one already handed on is not taken twice. Confirmed is another number, see
 * {@link ResumePoints#settled}.
 */
final class SessionProgress {
    private final Session session;
    private volatile long received;
    private volatile long receivedMicros;
    private boolean ended;

    /** @param receivedMicros when everything up to {@code received} had come; 0 when nothing has */
    SessionProgress(Session session, long received, long receivedMicros) {
        this.session = session;
        this.received = received;
        this.receivedMicros = receivedMicros;
    }

    Session session() {
        return session;
    }

    /** The sequence of the last dispatch that was handed on. */
    long received() {
        return received;
    }

    /** When that was, microseconds since the epoch, of a session of an earlier process at the latest; 0 before the first. */
    long receivedMicros() {
        return receivedMicros;
    }

    /**
     * Hands nothing on any more, whoever reads. Returns when nothing is being handed on at this moment, for which it waits:
     * a sink does not block.
     */
    synchronized void end() {
        ended = true;
    }

    /**
     * Hands a dispatch on unless it already was.
     *
     * @return false for one that was, and after {@link #end}
     */
    synchronized boolean hand(Dispatch dispatch, DispatchSink sink) {
        if (ended || dispatch.sequence() <= received) {
            return false;
        }
        sink.accept(dispatch);
        receivedMicros = dispatch.receivedMicros();
        received = dispatch.sequence();
        return true;
    }
}
