package dev.shardline.gateway.protocol;

/** Plain JSON; Discord sends it in text frames, but nothing depends on that. */
final class PlainDecoder implements FrameDecoder {
    private final int limit;
    private byte[] payload = new byte[0];

    PlainDecoder(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean feed(byte[] frame, boolean binary) throws MalformedPayloadException {
        if (frame.length > limit) {
            throw OutputBuffer.tooLarge(limit);
        }
        payload = frame;
        return true;
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public int length() {
        return payload.length;
    }

    @Override
    public void close() {
        payload = new byte[0];
    }
}
