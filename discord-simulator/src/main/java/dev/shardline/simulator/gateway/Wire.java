package dev.shardline.simulator.gateway;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.shardline.simulator.net.Bytes;
import dev.shardline.simulator.net.WebSocket;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** How gateway messages become WebSocket messages on one connection. Reactor's thread only. */
abstract class Wire {
    /** Sends one gateway message; {@code corrupt} damages it. */
    abstract void send(WebSocket socket, byte[] json, int from, int length, boolean corrupt);

    /** Frees native memory. Idempotent. */
    abstract void close();

    /** JSON text, and for large messages optionally a zlib document of its own. */
    static final class Plain extends Wire {
        private static final int LARGE = 1024;
        private final int level;
        private boolean compressLarge;

        Plain(int level) {
            this.level = level;
        }

        /** The client asked for payload compression in IDENTIFY. */
        void compressLarge(boolean wanted) {
            compressLarge = wanted;
        }

        @Override
        void send(WebSocket socket, byte[] json, int from, int length, boolean corrupt) {
            if (!compressLarge || length < LARGE) {
                socket.sendText(json, from, corrupt ? length - 1 : length);
                return;
            }
            Deflater deflater = new Deflater(level);
            try {
                deflater.setInput(json, from, length);
                deflater.finish();
                Bytes out = new Bytes(length / 2 + 64);
                while (!deflater.finished()) {
                    out.reserve(1024);
                    out.grow(deflater.deflate(out.array(), out.end(), out.array().length - out.end()));
                }
                damage(out, corrupt);
                socket.sendBinary(out.array(), out.start(), out.size());
            } finally {
                deflater.end();
            }
        }

        @Override
        void close() {
            // Holds nothing.
        }
    }

    /** One zlib stream per connection, flushed after each message. */
    static final class ZlibStream extends Wire {
        /** Bytes of {@code 00 00 ff ff}, with which zlib ends a flush. */
        private static final int END_MARK = 4;

        private final Deflater deflater;
        private final Bytes out = new Bytes(4096);
        private final int split;

        ZlibStream(int level, int split) {
            this.deflater = new Deflater(level);
            this.split = split;
        }

        @Override
        void send(WebSocket socket, byte[] json, int from, int length, boolean corrupt) {
            out.clear();
            deflater.setInput(json, from, length);
            int written;
            int room;
            do {
                // Room for more than the message: a full buffer would make zlib repeat the flush marker.
                out.reserve(length / 2 + 512);
                room = out.array().length - out.end();
                written = deflater.deflate(out.array(), out.end(), room, Deflater.SYNC_FLUSH);
                out.grow(written);
            } while (written == room);
            damage(out, corrupt);
            if (split <= 0) {
                socket.sendBinary(out.array(), out.start(), out.size());
                return;
            }
            int at = out.start();
            while (at < out.end()) {
                int part = Math.min(split, out.end() - at);
                // No part but the last may look like the end of the message, and the last one does: clients look for
                // the mark in the WebSocket message that has just come, and not across two of them.
                while (at + part < out.end() && (at + part > out.end() - END_MARK || looksComplete(at + part))) {
                    part++;
                }
                socket.sendBinary(out.array(), at, part);
                at += part;
            }
        }

        private boolean looksComplete(int end) {
            byte[] bytes = out.array();
            return end - END_MARK >= out.start()
                    && bytes[end - 4] == 0
                    && bytes[end - 3] == 0
                    && bytes[end - 2] == -1
                    && bytes[end - 1] == -1;
        }

        @Override
        void close() {
            deflater.end();
        }
    }

    /** One zstd frame per connection that never ends; each message is a flushed block. */
    static final class ZstdStream extends Wire {
        private static final int WINDOW_BITS = 18;
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private ByteBuffer source = ByteBuffer.allocateDirect(16 * 1024);
        private ByteBuffer target = ByteBuffer.allocateDirect(16 * 1024);
        private final Bytes out = new Bytes(4096);
        private boolean closed;

        ZstdStream(int level) {
            context.setLevel(level);
            context.setWindowLog(WINDOW_BITS);
            context.setContentSize(false);
            context.setChecksum(false);
        }

        @Override
        void send(WebSocket socket, byte[] json, int from, int length, boolean corrupt) {
            if (closed) {
                return;
            }
            if (source.capacity() < length) {
                source = ByteBuffer.allocateDirect(length);
                target = ByteBuffer.allocateDirect(length + 1024);
            }
            source.clear().put(json, from, length).flip();
            out.clear();
            boolean done;
            do {
                target.clear();
                done = context.compressDirectByteBufferStream(target, source, EndDirective.FLUSH);
                target.flip();
                int count = target.remaining();
                out.reserve(count);
                target.get(out.array(), out.end(), count);
                out.grow(count);
            } while (!done);
            damage(out, corrupt);
            socket.sendBinary(out.array(), out.start(), out.size());
        }

        @Override
        void close() {
            if (!closed) {
                closed = true;
                context.close();
            }
        }
    }

    private static void damage(Bytes out, boolean corrupt) {
        if (corrupt) {
            for (int i = out.start() + out.size() / 4; i < out.start() + out.size() / 2 + 1; i++) {
                out.array()[i] ^= 0x5A;
            }
        }
    }
}
