package dev.shardline.gateway.broker;

import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.SocketFrameHandler;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets the lane write whole batches of frames on the client's socket, while the client keeps the handshake, the reading
 * side and its heartbeats.
 *
 * <p>The client's own frames (heartbeat, close) take the same lock and the same buffer, whole frames only, so the two
 * never mix.
 */
final class CoalescingFrameHandler extends SocketFrameHandler {
    private final Socket socket;
    private final AmqpOutput output;
    private final DataOutputStream clientFrames;
    private final ReentrantLock writing = new ReentrantLock();

    CoalescingFrameHandler(Socket socket) throws IOException {
        super(socket);
        this.socket = socket;
        this.output = new AmqpOutput(socket.getOutputStream());
        this.clientFrames = new DataOutputStream(new OutputStream() {
            @Override
            public void write(int value) {
                output.octet(value);
            }

            @Override
            public void write(byte[] values, int offset, int size) {
                output.bytes(
                        offset == 0 && size == values.length
                                ? values
                                : java.util.Arrays.copyOfRange(values, offset, offset + size));
            }
        });
    }

    /** Runs the writer under the lock and sends what it wrote. Blocks as long as the broker does not read. */
    void write(AmqpWriter writer) throws IOException {
        writing.lock();
        try {
            writer.writeTo(output);
            output.flush();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void writeFrame(Frame frame) throws IOException {
        writing.lock();
        try {
            frame.writeTo(clientFrames);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        writing.lock();
        try {
            output.flush();
        } finally {
            writing.unlock();
        }
    }

    /**
     * Closes the socket at once. The client's own way flushes first, and would wait for ever behind a write that a
     * stalled broker does not take.
     */
    @Override
    public void close() {
        try {
            socket.setSoLinger(true, SOCKET_CLOSING_TIMEOUT);
        } catch (IOException e) {
            // Not connected any more: there is nothing left to linger for.
            assert socket.isClosed() || !socket.isConnected() || e.getMessage() != null;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released either way, and the reader has ended.
            assert socket.isClosed();
        }
    }
}
