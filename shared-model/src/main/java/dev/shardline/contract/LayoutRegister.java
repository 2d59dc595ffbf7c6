package dev.shardline.contract;

import com.rabbitmq.client.Connection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes the {@link GroupLayout} of a group, one process at a time.
 *
 * <p>The layout is the one message of a queue. Whoever reads it holds an exclusive queue as a lock, which the broker takes
 * back when the connection dies; everything is done over that same connection, so nothing that is done late, by a process
 * that stood still, can have an effect. The next value is confirmed before the former one is acked: after a crash in
 * between both are there, and the higher revision holds. Stateless; calls block.
 */
public final class LayoutRegister {
    private static final Register.Codec<GroupLayout> CODEC = new Register.Codec<>() {
        @Override
        public String encode(GroupLayout layout) {
            return layout.encode();
        }

        @Override
        public GroupLayout decode(String text) {
            return GroupLayout.decode(text);
        }

        @Override
        public long revision(GroupLayout layout) {
            return layout.revision();
        }
    };

    private LayoutRegister() {}

    /** What is done under the lock. */
    @FunctionalInterface
    public interface Step {
        /**
         * Decides.
         *
         * @param present null when the group has none yet
         * @return the next one, or the present one to leave it
         */
        GroupLayout next(@Nullable GroupLayout present) throws IOException;
    }

    /**
     * Runs a step under the lock.
     *
     * @param connection not to be used by two threads at the same time: the broker keeps connections apart, not those. It
     *     publishes, so it should not consume
     * @return what the step returned, on the broker now
     * @throws IOException when the connection ends, or somebody holds the lock for more than 20 s
     */
    public static GroupLayout update(Connection connection, String group, Step step) throws IOException {
        return of(group).update(connection, step::next);
    }

    /**
     * Reads the layout.
     *
     * @return null when the group has none
     * @throws IOException as {@link #update}
     */
    public static @Nullable GroupLayout read(Connection connection, String group) throws IOException {
        return of(group).read(connection);
    }

    private static Register<GroupLayout> of(String group) {
        return new Register<>(Topology.layoutQueue(group), Topology.layoutLock(group), "shardline.layout", CODEC);
    }
}
