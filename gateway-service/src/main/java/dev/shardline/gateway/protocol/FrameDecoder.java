package dev.shardline.gateway.protocol;

/**
 * Turns the frames of one connection into payloads. Its state is that connection's: a new connection needs a new one.
 *
 * <p>May hold native memory, freed by {@link #close}. Confined to one thread at a time.
 */
public interface FrameDecoder extends AutoCloseable {
    /**
     * Takes one frame in.
     *
     * @param frame the frame's bytes; not kept
     * @param binary whether it was a binary frame
     * @return true when {@link #payload} now holds a whole payload, false when more frames are needed
     * @throws MalformedPayloadException when it cannot be inflated, or to more than the limit; the decoder is then
     *     useless
     */
    boolean feed(byte[] frame, boolean binary) throws MalformedPayloadException;

    /** The array that holds the payload from 0 to {@link #length}; valid until the next {@link #feed}. */
    byte[] payload();

    /** How long the payload is. */
    int length();

    /** Frees native memory. Idempotent. */
    @Override
    void close();

    /** The decoder of a connection that was opened with {@code compression}. {@code limit} bounds one inflated payload. */
    static FrameDecoder of(Compression compression, int limit) {
        return switch (compression) {
            case NONE -> new PlainDecoder(limit);
            case ZLIB_STREAM -> new ZlibStreamDecoder(limit);
            case ZSTD_STREAM -> new ZstdStreamDecoder(limit);
            case PAYLOAD -> new ZlibPayloadDecoder(limit);
        };
    }
}
