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

    SessionProgress(Session session, long received) {
        this.session = session;
        this.received = received;
    }

    Session session() {
        return session;
    }

    /** The sequence of the last dispatch that was handed on. */
    long received() {
        return received;
    }

    /** When that was, microseconds since the epoch; 0 before the first one in this process. */
    long receivedMicros() {
        return receivedMicros;
    }

    /**
     * Hands a dispatch on unless it already was.
     *
     * @return false for one that was
     */
    synchronized boolean hand(Dispatch dispatch, DispatchSink sink) {
        if (dispatch.sequence() <= received) {
            return false;
        }
        sink.accept(dispatch);
        receivedMicros = dispatch.receivedMicros();
        received = dispatch.sequence();
        return true;
    }
}
