package dev.shardline.gateway.protocol;

import java.net.URI;
import java.net.URISyntaxException;

/** The one place where the address of a connection is put together, for the first dial and for every resume. */
public final class GatewayUrl {
    /** The API version that everything here speaks. */
    public static final int VERSION = 10;

    private GatewayUrl() {}

    /**
     * Adds version, encoding and compression to a base address.
     *
     * @param base as Discord names it: {@code wss://host}, with or without a path; a query in it is replaced
     * @throws IllegalArgumentException when {@code base} is no {@code ws} or {@code wss} address
     */
    public static URI of(String base, Compression compression) {
        URI uri;
        try {
            uri = new URI(base.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("gateway address is not a URL: \"" + base + "\"", e);
        }
        boolean webSocket = "ws".equalsIgnoreCase(uri.getScheme()) || "wss".equalsIgnoreCase(uri.getScheme());
        if (!webSocket || uri.getHost() == null) {
            throw new IllegalArgumentException("gateway address must begin with ws:// or wss://, was \"" + base + "\"");
        }
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = "v=" + VERSION + "&encoding=json"
                + (compression.parameter().isEmpty() ? "" : "&compress=" + compression.parameter());
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + "?" + query);
    }
}
