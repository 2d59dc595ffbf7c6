package dev.shardline.benchmarks.micro;

import dev.shardline.gateway.protocol.EnvelopeScanner;
import dev.shardline.gateway.protocol.MalformedPayloadException;
import dev.shardline.simulator.world.Payloads;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One pass of the scanner over a payload, and the one copy of {@code d}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {
    /** A small, a usual and a large event. */
    @Param({"TYPING_START", "MESSAGE_CREATE", "GUILD_CREATE"})
    public String sample = "";

    private final EnvelopeScanner scanner = new EnvelopeScanner();
    private byte[] payload = new byte[0];

    /** Makes the payload. */
    @Setup
    public void payload() {
        payload = Samples.payload(sample, 42);
    }

    /** Scans. */
    @Benchmark
    public long scan() throws MalformedPayloadException {
        scanner.scan(payload, 0, payload.length);
        return scanner.routeId();
    }

    /** Scans and copies what is published. */
    @Benchmark
    public byte[] scanAndCopy() throws MalformedPayloadException {
        scanner.scan(payload, 0, payload.length);
        return scanner.copyData();
    }

    /** Payloads as Discord sends them. */
    static final class Samples {
        private Samples() {}

        static byte[] payload(String sample, long sequence) {
            String d = new String(Payloads.bytes(sample), StandardCharsets.UTF_8);
            return ("{\"t\":\"" + Payloads.eventOf(sample) + "\",\"s\":" + sequence + ",\"op\":0,\"d\":" + d + "}")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
