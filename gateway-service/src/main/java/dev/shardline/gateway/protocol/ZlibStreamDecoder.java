package dev.shardline.gateway.protocol;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One zlib stream from the first to the last frame. A payload may span frames and ends with a sync flush, the bytes
 * {@code 00 00 FF FF}. See Discord Docs/Gateway#transport-compression.
 */
final class ZlibStreamDecoder implements FrameDecoder {
    private static final int SYNC_FLUSH = 0x0000FFFF;

    private final Inflater inflater = new Inflater();
    private final OutputBuffer out;
    private int tail = -1;
    private boolean complete = true;

    ZlibStreamDecoder(int limit) {
        out = new OutputBuffer(limit);
    }

    @Override
    public boolean feed(byte[] frame, boolean binary) throws MalformedPayloadException {
        if (complete) {
            out.clear();
            complete = false;
        }
        if (frame.length == 0) {
            return false;
        }
        inflater.setInput(frame);
        try {
            drain();
        } catch (DataFormatException e) {
            throw new MalformedPayloadException("zlib-stream is damaged: " + e.getMessage(), e);
        }
        for (int i = Math.max(0, frame.length - 4); i < frame.length; i++) {
            tail = (tail << 8) | (frame[i] & 0xFF);
        }
        // A flush marker sent twice makes an empty payload: nothing to hand on.
        complete = tail == SYNC_FLUSH && out.length() > 0;
        return complete;
    }

    private void drain() throws DataFormatException, MalformedPayloadException {
        while (true) {
            int room = out.room();
            int count = inflater.inflate(out.bytes(), out.length(), room);
            out.wrote(count);
            if (inflater.finished() || inflater.needsDictionary()) {
                throw new MalformedPayloadException("zlib-stream is damaged: it ended although the connection is open");
            }
            if (count < room && inflater.needsInput()) {
                return;
            }
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
        inflater.end();
        out.release();
    }
}
