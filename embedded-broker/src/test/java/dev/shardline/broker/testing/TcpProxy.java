package dev.shardline.broker.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between a client and a server and does to their connections what networks do.
 *
 * <p>Safe for use by many threads. Every method takes effect on connections that exist and on those to come.
 */
public final class TcpProxy implements AutoCloseable {
    private final String host;
    private final int port;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean pausedUp;
    private boolean pausedDown;
    private boolean refusing;
    private boolean closed;

    private TcpProxy(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Listens on a port of its own and forwards to the target. */
    public static TcpProxy to(String host, int port) throws IOException {
        TcpProxy proxy = new TcpProxy(host, port);
        start("proxy", proxy::acceptLoop);
        return proxy;
    }

    /** Where clients connect to, on loopback. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections were accepted and forwarded so far. */
    public int connections() {
        return accepted.get();
    }

    /** Nothing moves any more, though every connection stays open: a stalled network, or a peer that does not read. */
    public void pause() {
        set(() -> {
            pausedUp = true;
            pausedDown = true;
        });
    }

    /** The server's answers no longer come through, what the client sends does. */
    public void pauseAnswers() {
        set(() -> pausedDown = true);
    }

    /** Ends {@link #pause}, {@link #pauseAnswers} and {@link #refuse}. */
    public void resume() {
        set(() -> {
            pausedUp = false;
            pausedDown = false;
            refusing = false;
        });
    }

    /** New connections are closed at once, as when nobody listens. Existing ones stay. */
    public void refuse() {
        set(() -> refusing = true);
    }

    /** Ends every connection with RST, without delivering what is on its way. */
    public void reset() {
        for (Socket socket : Set.copyOf(sockets)) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed by its peer at this moment: then there is nothing left to reset.
                sockets.remove(socket);
            }
            end(socket);
        }
    }

    @Override
    public void close() throws IOException {
        set(() -> closed = true);
        listener.close();
        reset();
    }

    private void set(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void acceptLoop() {
        while (true) {
            Socket client;
            try {
                client = listener.accept();
            } catch (IOException e) {
                return; // closed
            }
            if (isRefusing()) {
                end(client);
                continue;
            }
            try {
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                accepted.incrementAndGet();
                start("proxy-up", () -> pump(client, server, true));
                start("proxy-down", () -> pump(server, client, false));
            } catch (IOException e) {
                end(client);
            }
        }
    }

    private boolean isRefusing() {
        lock.lock();
        try {
            return refusing;
        } finally {
            lock.unlock();
        }
    }

    private void pump(Socket from, Socket to, boolean up) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (awaitFlow(up)) {
                int n = in.read(buffer);
                // What was read before the pause began waits as well.
                if (n < 0 || !awaitFlow(up)) {
                    break;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // One side is gone; so is the other, below.
            sockets.remove(from);
        } finally {
            end(from);
            end(to);
        }
    }

    private boolean awaitFlow(boolean up) {
        lock.lock();
        try {
            while (!closed && (up ? pausedUp : pausedDown)) {
                changed.await();
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket does not close", e);
        }
    }

    private static void start(String name, Runnable runnable) {
        Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        thread.start();
    }
}
