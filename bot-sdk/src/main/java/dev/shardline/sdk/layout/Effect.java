package dev.shardline.sdk.layout;

import dev.shardline.contract.GroupLayout;
import java.util.Set;

/** What has to be done on the broker for a change. Each may be done twice, and by two instances at the same time. */
public sealed interface Effect {
    /** Does it, without blocking. */
    void perform(LayoutIo io);

    /** What can be done. The outcome comes back as an input of {@link LayoutChange}. */
    interface LayoutIo {
        /** Writes the next generation into the layout, unless somebody else has. */
        void decide(int partitions);

        /** Declares and binds the queues of the generation, then reports {@link LayoutChange#prepared}. */
        void prepare(GroupLayout layout);

        /** Writes the time of the cut into the layout, then publishes a marker into each of these queues. */
        void cut(GroupLayout layout, Set<Part> old);

        /** Strikes the former generation from the layout. */
        void finish(GroupLayout layout);
    }

    /** Step 1. */
    record Decide(int partitions) implements Effect {
        @Override
        public void perform(LayoutIo io) {
            io.decide(partitions);
        }
    }

    /** Step 2. */
    record Prepare(GroupLayout layout) implements Effect {
        @Override
        public void perform(LayoutIo io) {
            io.prepare(layout);
        }
    }

    /** Step 3. */
    record Cut(GroupLayout layout, Set<Part> old) implements Effect {
        @Override
        public void perform(LayoutIo io) {
            io.cut(layout, old);
        }
    }

    /** Step 6. */
    record Finish(GroupLayout layout) implements Effect {
        @Override
        public void perform(LayoutIo io) {
            io.finish(layout);
        }
    }
}
