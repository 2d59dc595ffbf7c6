package dev.shardline.gateway.protocol;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How Discord compresses what it sends. See Discord Docs/Gateway#encoding-and-compression. */
public enum Compression {
    /** Plain JSON in text frames. */
    NONE("none", ""),
    /** One zlib stream per connection. About 40 KB of native memory per shard. */
    ZLIB_STREAM("zlib-stream", "zlib-stream"),
    /** One zstd stream per connection: smaller and faster, 0.4 to 8 MB of native memory per shard. */
    ZSTD_STREAM("zstd-stream", "zstd-stream"),
    /** Plain JSON, large payloads each as a zlib document of its own; asked for in IDENTIFY. */
    PAYLOAD("payload", "");

    private final String label;
    private final String parameter;

    Compression(String label, String parameter) {
        this.label = label;
        this.parameter = parameter;
    }

    /** The name in configuration. */
    public String label() {
        return label;
    }

    /** The value of {@code compress} in the URL, empty when it is left out. */
    String parameter() {
        return parameter;
    }

    /**
     * The compression of a configured name.
     *
     * @throws IllegalArgumentException naming the value and the valid ones
     */
    public static Compression of(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        for (Compression compression : values()) {
            if (compression.label.equals(wanted)) {
                return compression;
            }
        }
        throw new IllegalArgumentException("unknown compression \"" + name + "\": valid are "
                + Stream.of(values()).map(Compression::label).collect(Collectors.joining(", ")));
    }
}
