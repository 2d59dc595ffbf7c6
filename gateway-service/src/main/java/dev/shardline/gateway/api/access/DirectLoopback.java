package dev.shardline.gateway.api.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Marks requests that come from this machine and through no proxy.
 *
 * <p>A valve, and the first one: later ones believe {@code X-Forwarded-For} when they are told to, and then anybody is
 * 127.0.0.1. It looks at the socket's own other end. What carries the header of a proxy is not marked, for behind a proxy
 * on this machine everybody would be. Without the mark (another servlet container) nobody is let in.
 */
public final class DirectLoopback extends ValveBase {
    private static final String DIRECT = "dev.shardline.gateway.api.direct";
    private static final String PEER = "dev.shardline.gateway.api.peer";
    private static final Set<String> OF_PROXIES = Set.of(
            "forwarded", "via", "x-real-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip", "x-original-url");

    /** For an engine's pipeline. */
    public DirectLoopback() {
        super(true);
    }

    /** Whether a request was marked. */
    static boolean is(ServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(DIRECT));
    }

    /** The other end of the request's connection: the caller, or the last proxy. */
    public static String peer(ServletRequest request) {
        Object peer = request.getAttribute(PEER);
        return peer == null ? request.getRemoteAddr() : peer.toString();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        String peer = request.getPeerAddr();
        if (peer != null) {
            request.setAttribute(PEER, peer);
        }
        if (isLoopback(peer) && !cameByProxy(request)) {
            request.setAttribute(DIRECT, true);
        }
        getNext().invoke(request, response);
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            // The address is a literal: nothing is looked up.
            return address != null
                    && !address.isEmpty()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static boolean cameByProxy(Request request) {
        return "HTTP/1.0".equals(request.getProtocol())
                || Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .anyMatch(name -> name.startsWith("x-forwarded") || OF_PROXIES.contains(name));
    }
}
