package dev.shardline.sdk.broker;

import dev.shardline.contract.QueueDeclaration;
import dev.shardline.sdk.layout.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One queue that this instance consumes, over as many sessions as it takes. Confined to control. */
final class Feed {
    final QueueDeclaration queue;
    /** -1 for queues without order. */
    final int partition;
    /** Null for queues without order. */
    final @Nullable Part part;
    /** Sessions whose channel is gone while handlers still ran. */
    private final List<QueueSession> ended = new ArrayList<>();

    @Nullable
    QueueSession session;

    /** The consumers of the present session. */
    final Succession consumers = new Succession();

    /** Of the latest consumer: 0 but for those that replace one of the same session. */
    long priority;

    int failures;
    boolean owner;

    /** Of the present session, told to the others by its owner: see {@link Sharing#claims}. */
    String registration = "";

    /** The claim that had been made when the present session began: it stands behind that one. */
    String behind = "";

    /** It makes room in a moment, for this reason. */
    Sharing.@Nullable Request request;

    /** Its channel was lost a moment ago, at this time, nanoseconds: nobody is to line up behind it before it has lasted. */
    @Nullable
    Long lostAt;

    /** Another instance handles what this one does not: it stands in the line and makes no claim. */
    boolean aside;

    /** Not consumed, because nobody handles what is in it and who did may be back soon. */
    boolean awaitsHandler;

    boolean opening;

    Feed(QueueDeclaration queue, @Nullable Part part) {
        this.queue = queue;
        this.part = part;
        this.partition = part == null ? -1 : part.partition();
    }

    String name() {
        return queue.name();
    }

    boolean isOpen() {
        return session != null && session.isOpen();
    }

    /** Its channel is gone or about to be. */
    void ended(QueueSession which) {
        which.closed();
        ended.removeIf(QueueSession::isIdle);
        if (!which.isIdle()) {
            ended.add(which);
        }
        if (session == which) {
            session = null;
            request = null;
            consumers.clear();
        }
    }

    /** Since when the oldest event is held, nanoseconds; null when none is. */
    @Nullable
    Long oldestSince() {
        Long oldest = session == null ? null : session.oldestSince();
        for (QueueSession each : ended) {
            Long since = each.oldestSince();
            if (since != null && (oldest == null || since - oldest < 0)) {
                oldest = since;
            }
        }
        return oldest;
    }

    /** See {@link Handover.Group#runs}. */
    boolean runs(Runnable whenIdle) {
        List<QueueSession> all = new ArrayList<>(ended);
        if (session != null) {
            all.add(session);
        }
        return whenAllIdle(all, whenIdle);
    }

    /** One after the other, since what begins later is not asked about. */
    private static boolean whenAllIdle(List<QueueSession> sessions, Runnable whenIdle) {
        for (int i = 0; i < sessions.size(); i++) {
            List<QueueSession> later = sessions.subList(i + 1, sessions.size());
            boolean busy = sessions.get(i).whenIdle(() -> {
                if (!whenAllIdle(later, whenIdle)) {
                    whenIdle.run();
                }
            });
            if (busy) {
                return true;
            }
        }
        return false;
    }
}
