package dev.shardline.simulator.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening port that can refuse connections for a while and comes back on the same port. */
public final class Listener implements Reactor.Ready {
    private final Reactor reactor;
    private final HttpHandler handler;
    private InetSocketAddress address;
    private @Nullable ServerSocketChannel channel;

    Listener(Reactor reactor, InetSocketAddress address, HttpHandler handler) {
        this.reactor = reactor;
        this.address = address;
        this.handler = handler;
        open();
        if (channel != null) {
            this.address =
                    new InetSocketAddress(address.getAddress(), channel.socket().getLocalPort());
        }
    }

    /** The port, also while connections are refused. Any thread. */
    public int port() {
        return address.getPort();
    }

    /** True: nothing listens, so the operating system answers with "connection refused". Any thread. */
    public void refuse(boolean refuse) {
        reactor.call(() -> {
            if (refuse) {
                shut();
            } else {
                open();
            }
            return port();
        });
    }

    private void open() {
        if (channel != null) {
            return;
        }
        ServerSocketChannel opened = null;
        try {
            opened = ServerSocketChannel.open();
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(address, 1024);
            opened.register(reactor.selector(), SelectionKey.OP_ACCEPT, this);
            channel = opened;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address + ": is the port taken?", e);
        }
    }

    private void shut() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
            // The kernel keeps listening until the cancelled key has left the selector.
            reactor.selector().selectNow();
        }
    }

    @Override
    public void ready(SelectionKey key) {
        ServerSocketChannel listening = channel;
        if (listening == null) {
            return;
        }
        try {
            SocketChannel accepted = listening.accept();
            while (accepted != null) {
                accepted.configureBlocking(false);
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new Connection(reactor, accepted, port(), handler);
                accepted = listening.accept();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot accept connections on " + address, e);
        }
    }
}
