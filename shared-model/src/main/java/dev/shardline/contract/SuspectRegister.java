package dev.shardline.contract;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes the {@link Suspects} of a group, one process at a time; kept as the {@link LayoutRegister layout} is.
 * Stateless; calls block.
 */
public final class SuspectRegister {
    private static final Register.Codec<Suspects> CODEC = new Register.Codec<>() {
        @Override
        public String encode(Suspects suspects) {
            return suspects.encode();
        }

        @Override
        public Suspects decode(String text) {
            return Suspects.decode(text);
        }

        @Override
        public long revision(Suspects suspects) {
            return suspects.revision();
        }
    };

    private SuspectRegister() {}

    /** What is done under the lock. */
    @FunctionalInterface
    public interface Step {
        /** Decides: the next ones, or the present ones to leave them. */
        Suspects next(Suspects present);
    }

    /**
     * Runs a step under the lock.
     *
     * @param connection as for {@link LayoutRegister#update}
     * @return what the step returned, on the broker now
     * @throws IOException when the connection ends, or somebody holds the lock for more than 20 s
     */
    public static Suspects update(Connection connection, String group, Step step) throws IOException {
        return new Register<>(Topology.suspectsQueue(group), Topology.suspectsLock(group), "shardline.suspects", CODEC)
                .update(
                        connection,
                        (@Nullable Suspects present) -> step.next(present == null ? Suspects.NONE : present));
    }
}
