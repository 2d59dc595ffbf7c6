package dev.shardline.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameDecoderTest {
    private static final int LIMIT = 8 * 1024 * 1024;

    @ParameterizedTest
    @EnumSource(Compression.class)
    void givesBackWhatWasSent(Compression compression) throws Exception {
        List<byte[]> payloads = payloads();
        try (FrameDecoder decoder = FrameDecoder.of(compression, LIMIT)) {
            Server server = new Server(compression);
            for (byte[] payload : payloads) {
                assertThat(decoder.feed(server.frame(payload), server.binary())).isTrue();
                assertThat(Arrays.copyOf(decoder.payload(), decoder.length())).isEqualTo(payload);
            }
        }
    }

    @Test
    void aZlibPayloadMaySpanFramesOfOneByte() throws Exception {
        Server server = new Server(Compression.ZLIB_STREAM);
        try (FrameDecoder decoder = FrameDecoder.of(Compression.ZLIB_STREAM, LIMIT)) {
            for (byte[] payload : List.of(text("{\"op\":11}"), random(3000), text("{\"op\":1}"))) {
                byte[] frame = server.frame(payload);
                for (int i = 0; i < frame.length - 1; i++) {
                    assertThat(decoder.feed(new byte[] {frame[i]}, true)).isFalse();
                }
                assertThat(decoder.feed(new byte[] {frame[frame.length - 1]}, true))
                        .isTrue();
                assertThat(Arrays.copyOf(decoder.payload(), decoder.length())).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"ZLIB_STREAM", "ZSTD_STREAM", "PAYLOAD"})
    void refusesABomb(Compression compression) throws Exception {
        byte[] bomb = new byte[4 * 1024 * 1024];
        byte[] frame = new Server(compression).frame(bomb);
        assertThat(frame.length).isLessThan(bomb.length / 100);
        try (FrameDecoder decoder = FrameDecoder.of(compression, 1024 * 1024)) {
            assertThatExceptionOfType(MalformedPayloadException.class)
                    .isThrownBy(() -> decoder.feed(frame, true))
                    .withMessageContaining("1048576");
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void takesAPayloadOfExactlyTheLimitAndNoMore(Compression compression) throws Exception {
        byte[] payload = random(100_000);
        Server server = new Server(compression);
        try (FrameDecoder decoder = FrameDecoder.of(compression, payload.length)) {
            assertThat(decoder.feed(server.frame(payload), server.binary())).isTrue();
        }
        Server other = new Server(compression);
        byte[] frame = other.frame(payload);
        try (FrameDecoder decoder = FrameDecoder.of(compression, payload.length - 1)) {
            assertThatExceptionOfType(MalformedPayloadException.class)
                    .isThrownBy(() -> decoder.feed(frame, other.binary()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"ZLIB_STREAM", "ZSTD_STREAM", "PAYLOAD"})
    void refusesGarbage(Compression compression) {
        try (FrameDecoder decoder = FrameDecoder.of(compression, LIMIT)) {
            assertThatExceptionOfType(MalformedPayloadException.class)
                    .isThrownBy(() -> decoder.feed(text("this is not compressed, but long enough to tell"), true));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"ZLIB_STREAM", "ZSTD_STREAM"})
    void aDamagedFrameNeverGivesADispatchThatWasNotSent(Compression compression) throws Exception {
        Random random = new Random(7);
        byte[] sent = text("{\"t\":\"TYPING_START\",\"s\":5,\"op\":0,\"d\":{\"channel_id\":\"123456789012345678\"}}");
        int noticed = 0;
        for (int round = 0; round < 400; round++) {
            Server server = new Server(compression);
            try (FrameDecoder decoder = FrameDecoder.of(compression, LIMIT)) {
                assertThat(decoder.feed(server.frame(text("{\"op\":10}")), true))
                        .isTrue();
                byte[] frame = server.frame(sent);
                byte[] cut = Arrays.copyOf(frame, frame.length / 2);
                boolean whole = decoder.feed(cut, true);
                if (whole) {
                    new EnvelopeScanner().scan(decoder.payload(), 0, decoder.length());
                }
                byte[] later = server.frame(sent);
                later[random.nextInt(later.length)] ^= 1;
                if (decoder.feed(later, true)) {
                    new EnvelopeScanner().scan(decoder.payload(), 0, decoder.length());
                }
            } catch (MalformedPayloadException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(350);
    }

    @Test
    void aFlushMarkerSentTwiceIsNoPayload() throws Exception {
        Server server = new Server(Compression.ZLIB_STREAM);
        try (FrameDecoder decoder = FrameDecoder.of(Compression.ZLIB_STREAM, LIMIT)) {
            assertThat(decoder.feed(server.frame(text("{\"op\":11}")), true)).isTrue();
            assertThat(decoder.feed(new byte[] {0, 0, 0, (byte) 0xFF, (byte) 0xFF}, true))
                    .isFalse();
            assertThat(decoder.feed(server.frame(text("{\"op\":1}")), true)).isTrue();
            assertThat(new String(decoder.payload(), 0, decoder.length(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"op\":1}");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Compression.class,
            names = {"ZLIB_STREAM", "ZSTD_STREAM", "PAYLOAD"})
    void givesTheMemoryOfABigPayloadBackAfterManySmallOnes(Compression compression) throws Exception {
        Server server = new Server(compression);
        try (FrameDecoder decoder = FrameDecoder.of(compression, LIMIT)) {
            decoder.feed(server.frame(random(5_000_000)), true);
            assertThat(decoder.payload().length).isGreaterThanOrEqualTo(5_000_000);
            for (int i = 0; i < 100; i++) {
                decoder.feed(server.frame(text("{\"op\":11}")), true);
            }
            assertThat(decoder.payload().length).isEqualTo(OutputBuffer.SMALL);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void closingTwiceIsHarmless(Compression compression) {
        FrameDecoder decoder = FrameDecoder.of(compression, LIMIT);
        decoder.close();
        decoder.close();
        assertThat(decoder.length()).isZero();
    }

    private static List<byte[]> payloads() {
        List<byte[]> payloads = new ArrayList<>();
        for (Samples.Sample sample : Samples.all()) {
            payloads.add(text(sample.data().toString()));
        }
        payloads.add(random(3_000_000));
        payloads.add(text("{\"op\":11}"));
        payloads.add(random(OutputBuffer.SMALL));
        payloads.add(random(OutputBuffer.SMALL + 1));
        payloads.add(text("{\"op\":1}"));
        return payloads;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** The other end of the wire. */
    private static final class Server {
        private final Compression compression;
        private final Deflater deflater = new Deflater();
        private final ByteArrayOutputStream zstdBytes = new ByteArrayOutputStream();
        private final ZstdOutputStream zstd;

        Server(Compression compression) throws IOException {
            this.compression = compression;
            this.zstd = new ZstdOutputStream(zstdBytes);
        }

        boolean binary() {
            return compression != Compression.NONE;
        }

        byte[] frame(byte[] payload) throws IOException {
            return switch (compression) {
                case NONE -> payload;
                case ZLIB_STREAM -> {
                    byte[] buffer = new byte[payload.length + 65536];
                    deflater.setInput(payload);
                    yield Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
                }
                case ZSTD_STREAM -> {
                    zstdBytes.reset();
                    zstd.write(payload);
                    zstd.flush();
                    yield zstdBytes.toByteArray();
                }
                case PAYLOAD -> {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
                        out.write(payload);
                    }
                    yield bytes.toByteArray();
                }
            };
        }
    }
}
