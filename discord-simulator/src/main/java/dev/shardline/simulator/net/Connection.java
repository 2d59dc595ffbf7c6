package dev.shardline.simulator.net;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP connection. Reactor's thread only. */
final class Connection implements Reactor.Ready {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long the peer has to close its half once ours is closed. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Reactor reactor;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final int localPort;
    private final Bytes in = new Bytes(2048);
    private final Bytes out = new Bytes(8192);
    private Protocol protocol;
    private boolean flushPlanned;
    private boolean closeWhenFlushed;
    private boolean ended;
    /** Our half is closed and the protocol has been told; input is only thrown away. */
    private boolean lingering;

    private boolean readPaused;
    private boolean writePaused;
    private boolean pumping;

    Connection(Reactor reactor, SocketChannel channel, int localPort, HttpHandler handler) throws IOException {
        this.reactor = reactor;
        this.channel = channel;
        this.localPort = localPort;
        this.protocol = new HttpConnection(this, handler);
        this.key = channel.register(reactor.selector(), SelectionKey.OP_READ, this);
        reactor.opened(this);
    }

    int localPort() {
        return localPort;
    }

    Reactor reactor() {
        return reactor;
    }

    /** Whether there is nobody to write to any more. */
    boolean ended() {
        return ended || lingering;
    }

    /** The bytes written so far and not yet taken by the kernel. */
    int unsent() {
        return out.size();
    }

    void speak(Protocol next) {
        protocol = next;
    }

    /** The buffer to append output to; call {@link #written()} afterwards. */
    Bytes out() {
        return out;
    }

    void written() {
        if (!flushPlanned && !ended()) {
            flushPlanned = true;
            reactor.flushLater(this);
        }
    }

    void pauseReading(boolean paused) {
        readPaused = paused;
        interest();
    }

    void pauseWriting(boolean paused) {
        writePaused = paused;
        if (!paused) {
            written();
        }
        interest();
    }

    private void interest() {
        if (!ended && key.isValid()) {
            boolean unsent = out.size() > 0 && !writePaused;
            key.interestOps((readPaused ? 0 : SelectionKey.OP_READ) | (unsent ? SelectionKey.OP_WRITE : 0));
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        if (ready.isReadable()) {
            read();
        }
        if (!ended && ready.isValid() && ready.isWritable()) {
            flush();
        }
    }

    private void read() {
        try {
            ByteBuffer buffer = reactor.readBuffer().clear();
            int count = channel.read(buffer);
            if (count < 0) {
                end(false, "the peer closed the TCP connection");
                return;
            }
            if (lingering) {
                return;
            }
            in.reserve(count);
            buffer.flip().get(in.array(), in.end(), count);
            in.grow(count);
        } catch (IOException e) {
            end(false, e.toString());
            return;
        }
        pump();
    }

    /** Offers buffered input to the protocol again; needed after a delayed answer. */
    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (!ended() && !readPaused && in.size() > 0) {
                Protocol speaking = protocol;
                int taken = speaking.consume(in.array(), in.start(), in.end());
                if (taken == 0 && speaking == protocol) {
                    return;
                }
                in.skip(taken);
            }
        } catch (RuntimeException e) {
            LOG.error("A handler of the simulator failed; the connection is dropped", e);
            end(true, "handler failed");
        } finally {
            pumping = false;
        }
    }

    void flush() {
        flushPlanned = false;
        if (ended() || writePaused) {
            return;
        }
        try {
            while (out.size() > 0) {
                ByteBuffer buffer = reactor.writeBuffer().clear();
                buffer.put(out.array(), out.start(), Math.min(out.size(), buffer.capacity()));
                buffer.flip();
                int wanted = buffer.remaining();
                int count = channel.write(buffer);
                out.skip(count);
                if (count < wanted) {
                    break;
                }
            }
        } catch (IOException e) {
            end(false, e.toString());
            return;
        }
        if (out.size() == 0 && closeWhenFlushed) {
            linger();
        } else {
            interest();
        }
    }

    /** Closes after everything written so far went out. */
    void closeWhenFlushed() {
        closeWhenFlushed = true;
        written();
    }

    /**
     * Closes our half only. Closing both while input is unread, or still comes, makes TCP send a reset, and a reset takes
     * from the peer also what it has received and not yet read.
     */
    private void linger() {
        lingering = true;
        in.clear();
        readPaused = false;
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            end(false, e.toString());
            return;
        }
        interest();
        reactor.after(LINGER, this::drop);
        protocol.gone();
    }

    /** Ends the connection with a TCP reset: what the peer has not read yet is lost. */
    void reset() {
        end(true, "reset");
    }

    /** Ends the connection without a word. */
    void drop() {
        end(false, "dropped");
    }

    private void end(boolean reset, String why) {
        if (ended) {
            return;
        }
        ended = true;
        LOG.debug("Connection ends: {}", why);
        try {
            if (reset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            channel.close();
        } catch (IOException e) {
            LOG.debug("Closing a dead connection failed", e);
        }
        reactor.gone(this);
        if (!lingering) {
            protocol.gone();
        }
    }
}
