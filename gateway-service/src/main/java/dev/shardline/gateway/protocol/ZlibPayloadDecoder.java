package dev.shardline.gateway.protocol;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Text frames are plain JSON, binary frames each a zlib document of their own. See Discord
 * Docs/Gateway#payload-compression.
 */
final class ZlibPayloadDecoder implements FrameDecoder {
    private final Inflater inflater = new Inflater();
    private final OutputBuffer out;
    private final int limit;
    private byte[] plain = new byte[0];
    private boolean inflated;

    ZlibPayloadDecoder(int limit) {
        this.limit = limit;
        out = new OutputBuffer(limit);
    }

    @Override
    public boolean feed(byte[] frame, boolean binary) throws MalformedPayloadException {
        plain = frame;
        inflated = binary;
        if (!binary) {
            if (frame.length > limit) {
                throw OutputBuffer.tooLarge(limit);
            }
            return true;
        }
        out.clear();
        inflater.reset();
        inflater.setInput(frame);
        try {
            while (!inflater.finished()) {
                int room = out.room();
                int count = inflater.inflate(out.bytes(), out.length(), room);
                out.wrote(count);
                if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    throw new MalformedPayloadException("a zlib payload ends too early");
                }
            }
        } catch (DataFormatException e) {
            throw new MalformedPayloadException("a zlib payload is damaged: " + e.getMessage(), e);
        }
        if (inflater.getRemaining() > 0) {
            throw new MalformedPayloadException("something follows a zlib payload");
        }
        return true;
    }

    @Override
    public byte[] payload() {
        return inflated ? out.bytes() : plain;
    }

    @Override
    public int length() {
        return inflated ? out.length() : plain.length;
    }

    @Override
    public void close() {
        inflater.end();
        out.release();
        plain = new byte[0];
    }
}
