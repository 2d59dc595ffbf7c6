package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.Opcode;
import java.time.Duration;

/** Counts what was sent in sliding windows, so that no window of Discord's, wherever it begins, sees too much. */
final class WindowedSendBudget implements SendBudget {
    private final Window all;
    private final Window presences;
    private final int unreserved;

    WindowedSendBudget(
            int limit, Duration window, int presenceLimit, Duration presenceWindow, Duration heartbeatInterval) {
        all = new Window(limit, window.toNanos());
        presences = new Window(presenceLimit, presenceWindow.toNanos());
        // Beats of the timer, one that Discord asks for, and at least one place for commands whatever the interval.
        long beats = window.toNanos() / Math.max(1, heartbeatInterval.toNanos()) + 2;
        unreserved = (int) Math.max(1, limit - beats);
    }

    @Override
    public boolean tryTake(Opcode opcode, long nanos) {
        if (!waitFor(opcode, nanos).isZero()) {
            return false;
        }
        all.add(nanos);
        if (opcode == Opcode.PRESENCE_UPDATE) {
            presences.add(nanos);
        }
        return true;
    }

    @Override
    public Duration waitFor(Opcode opcode, long nanos) {
        return switch (opcode) {
            case HEARTBEAT, IDENTIFY, RESUME -> Duration.ZERO;
            case PRESENCE_UPDATE -> {
                long wait = Math.max(all.waitBelow(unreserved, nanos), presences.waitBelow(presences.limit(), nanos));
                yield Duration.ofNanos(wait);
            }
            default -> Duration.ofNanos(all.waitBelow(unreserved, nanos));
        };
    }

    /** When the last payloads were sent, as a ring. */
    private static final class Window {
        private final long[] sentAt;
        private final long span;
        private int oldest;
        private int count;

        Window(int limit, long span) {
            this.sentAt = new long[limit];
            this.span = span;
        }

        int limit() {
            return sentAt.length;
        }

        void add(long nanos) {
            expire(nanos);
            if (count == sentAt.length) {
                oldest = (oldest + 1) % sentAt.length;
                count--;
            }
            sentAt[(oldest + count) % sentAt.length] = nanos;
            count++;
        }

        /** Nanoseconds until fewer than {@code most} lie within the span. */
        long waitBelow(int most, long nanos) {
            expire(nanos);
            if (count < most) {
                return 0;
            }
            long frees = sentAt[(oldest + count - most) % sentAt.length];
            return frees + span - nanos;
        }

        private void expire(long nanos) {
            while (count > 0 && nanos - sentAt[oldest] >= span) {
                oldest = (oldest + 1) % sentAt.length;
                count--;
            }
        }
    }
}
