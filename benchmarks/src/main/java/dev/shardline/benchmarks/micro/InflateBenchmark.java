package dev.shardline.benchmarks.micro;

import com.github.luben.zstd.ZstdOutputStream;
import dev.shardline.gateway.protocol.Compression;
import dev.shardline.gateway.protocol.FrameDecoder;
import dev.shardline.gateway.protocol.MalformedPayloadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Inflating the stream of a connection, per event: frames depend on those before, so each run begins a new stream. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InflateBenchmark {
    private static final int FRAMES = 2_000;
    private static final int LIMIT = 1 << 20;
    private static final List<String> SAMPLES = List.of(
            "variants/MESSAGE_CREATE.no_content_intent", "TYPING_START", "PRESENCE_UPDATE", "VOICE_STATE_UPDATE");

    /** The transport compression. */
    @Param({"ZLIB_STREAM", "ZSTD_STREAM", "NONE"})
    public Compression compression = Compression.NONE;

    private final List<byte[]> frames = new ArrayList<>();

    /** Compresses as Discord does: one stream, flushed after each payload. */
    @Setup
    public void frames() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream stream = stream(out)) {
            for (int i = 0; i < FRAMES; i++) {
                stream.write(EnvelopeBenchmark.Samples.payload(SAMPLES.get(i % SAMPLES.size()), i));
                stream.flush();
                frames.add(out.toByteArray());
                out.reset();
            }
        }
    }

    private OutputStream stream(OutputStream out) throws IOException {
        return switch (compression) {
            case ZLIB_STREAM -> new DeflaterOutputStream(out, new Deflater(), 8192, true);
            case ZSTD_STREAM -> new ZstdOutputStream(out);
            case NONE, PAYLOAD -> out;
        };
    }

    /** Inflates a whole stream. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long inflate() throws MalformedPayloadException {
        long bytes = 0;
        try (FrameDecoder decoder = FrameDecoder.of(compression, LIMIT)) {
            for (byte[] frame : frames) {
                if (decoder.feed(frame, true)) {
                    bytes += decoder.length();
                }
            }
        }
        return bytes;
    }
}
