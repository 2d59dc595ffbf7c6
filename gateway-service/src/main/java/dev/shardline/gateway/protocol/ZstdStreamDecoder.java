package dev.shardline.gateway.protocol;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * One zstd frame from the first to the last web socket message; each message is exactly one payload. See Discord
 * Docs/Gateway#transport-compression.
 */
final class ZstdStreamDecoder implements FrameDecoder {
    /** A window beyond 8 MiB is refused: a hostile peer could otherwise ask for gigabytes. */
    private static final int WINDOW_LOG_MAX = 23;

    private final ZstdDecompressCtx context = new ZstdDecompressCtx().setLongMax(WINDOW_LOG_MAX);
    private final OutputBuffer out;

    ZstdStreamDecoder(int limit) {
        out = new OutputBuffer(limit);
    }

    @Override
    public boolean feed(byte[] frame, boolean binary) throws MalformedPayloadException {
        out.clear();
        ByteBuffer in = ByteBuffer.wrap(frame);
        try {
            while (true) {
                int room = out.room();
                ByteBuffer into = ByteBuffer.wrap(out.bytes(), out.length(), room);
                // True would mean that a frame ended: Discord's never does, but another may follow if one does.
                boolean ended = context.decompressByteBufferStream(into, in);
                int count = into.position() - out.length();
                out.wrote(count);
                // A full output may hide more of the payload although the input is used up.
                if (!in.hasRemaining() && (ended || count < room)) {
                    return out.length() > 0;
                }
            }
        } catch (ZstdException e) {
            throw new MalformedPayloadException("zstd-stream is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] payload() {
        return out.bytes();
    }

    @Override
    public int length() {
        return out.length();
    }

    @Override
    public void close() {
        context.close();
        out.release();
    }
}
