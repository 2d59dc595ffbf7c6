package dev.shardline.gateway.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.protocol.ControlData;
import dev.shardline.gateway.protocol.FrameDecoder;
import dev.shardline.gateway.protocol.MalformedPayloadException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The end of a connection frees its decoder once, and is told after the last dispatch was handed on. */
class InboundTest {
    private final List<String> told = new ArrayList<>();
    private final Decoder decoder = new Decoder();
    private final List<Runnable> whileHandingOn = new ArrayList<>();
    private final Inbound inbound = new Inbound(
            new Inbound.Context(
                    new ShardId(0, 1),
                    0,
                    this::accept,
                    new NoPoints(),
                    new ManualTimers(),
                    new Traffic(),
                    new EventRates(),
                    new SilenceWatch()),
            decoder,
            new SessionProgress(new Session("s", ""), 0, 0),
            new Told());

    private void accept(Dispatch dispatch) {
        whileHandingOn.forEach(Runnable::run);
        told.add("dispatch " + dispatch.sequence());
    }

    private void receive(long sequence) {
        inbound.onFrame(
                ("{\"t\":\"X\",\"s\":" + sequence + ",\"op\":0,\"d\":null}").getBytes(StandardCharsets.UTF_8), false);
    }

    @Test
    void anIdleConnectionIsFreedAtOnceAndOnlyOnce() {
        receive(1);
        inbound.onClosed(1006, "gone");
        inbound.onClosed(4000, "again");
        assertThat(told).containsExactly("dispatch 1", "closed 1006");
        assertThat(decoder.closed).isEqualTo(1);
    }

    @Test
    void anEndThatIsSeenWhileADispatchIsHandedOnIsToldAfterIt() {
        whileHandingOn.add(() -> {
            inbound.onClosed(1006, "gone");
            assertThat(decoder.closed).isZero();
        });
        receive(1);
        assertThat(told).containsExactly("dispatch 1", "closed 1006");
        assertThat(decoder.closed).isEqualTo(1);
        receive(2);
        assertThat(told).hasSize(2);
    }

    @Test
    void aFencedConnectionTakesNothingMoreInAndIsStillFreed() {
        whileHandingOn.add(inbound::fence);
        receive(1);
        receive(2);
        inbound.onClosed(4000, "");
        assertThat(told).containsExactly("dispatch 1", "closed 4000");
        assertThat(decoder.closed).isEqualTo(1);
    }

    @Test
    void damageIsToldOnceAndFreesLater() {
        inbound.onFrame(new byte[] {'{'}, false);
        receive(1);
        inbound.onClosed(1006, "dropped");
        assertThat(told).containsExactly("damaged", "closed 1006");
        assertThat(decoder.closed).isEqualTo(1);
    }

    @Test
    void anErrorOfTheSinkIsDamageNotTheEndOfTheThread() {
        whileHandingOn.add(() -> {
            throw new StackOverflowError();
        });
        receive(1);
        assertThat(told).containsExactly("damaged");
    }

    private static final class Decoder implements FrameDecoder {
        private byte[] payload = new byte[0];
        private int closed;

        @Override
        public boolean feed(byte[] frame, boolean binary) throws MalformedPayloadException {
            payload = frame;
            return true;
        }

        @Override
        public byte[] payload() {
            return payload;
        }

        @Override
        public int length() {
            return payload.length;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private static final class NoPoints implements ResumePoints {
        @Override
        public Optional<ResumePoint> find(ShardId shard) {
            return Optional.empty();
        }

        @Override
        public void begin(ResumePoint start) {}

        @Override
        public long settled(ShardId shard, String session) {
            return 0;
        }

        @Override
        public Accepted accepted(ShardId shard, String session) {
            return new Accepted(0, 0);
        }

        @Override
        public void forget(ShardId shard, String session) {}
    }

    private final class Told implements Inbound.Signals {
        @Override
        public void opened() {}

        @Override
        public void hello(Duration interval) {}

        @Override
        public void ready(ControlData.Ready ready, SessionProgress begun) {}

        @Override
        public void resumed(long replayed) {}

        @Override
        public void heartbeatRequested() {}

        @Override
        public void acknowledged(long nanos) {}

        @Override
        public void reconnectRequested() {}

        @Override
        public void invalidSession(boolean resumable) {}

        @Override
        public void damaged(String what) {
            told.add("damaged");
        }

        @Override
        public void silent(String type, Duration since, long otherEvents) {
            told.add("silent " + type);
        }

        @Override
        public void heardAgain(String type) {
            told.add("again " + type);
        }

        @Override
        public void closed(int code, String reason) {
            told.add("closed " + code);
        }
    }
}
