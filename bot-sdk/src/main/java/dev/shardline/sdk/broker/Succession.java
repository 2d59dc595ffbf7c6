package dev.shardline.sdk.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The consumers that one session has registered on its queue, each of higher priority than the one before.
 *
 * <p>One that is followed is cancelled once the broker has delivered to a later one, since a consumer that is cancelled
 * while it holds messages lets the next one of the queue begin, with later events, before these are done. What the broker
 * delivers says nothing about consumers that came after the one it delivers to: that one may hold messages, whatever was
 * registered meanwhile. Confined to control.
 */
final class Succession {
    private final List<String> former = new ArrayList<>();

    @Nullable
    private String latest;

    /** The one registered last; null when there is none, or it was taken away. */
    @Nullable
    String latest() {
        return latest;
    }

    /** A consumer was registered, above all others of the session. */
    void follow(String tag) {
        if (latest != null) {
            former.add(latest);
        }
        latest = tag;
    }

    /** Those that another one is to replace. */
    Set<String> former() {
        return Set.copyOf(former);
    }

    /**
     * The broker delivers to this one.
     *
     * @return those that came before it: they hold nothing and never will, and are forgotten here
     */
    List<String> activated(String tag) {
        int own = tag.equals(latest) ? former.size() : Math.max(0, former.indexOf(tag));
        List<String> before = former.subList(0, own);
        List<String> retired = List.copyOf(before);
        before.clear();
        return retired;
    }

    /**
     * The latest consumer is cancelled.
     *
     * @return its tag; null when there was none
     */
    @Nullable
    String end() {
        String tag = latest;
        latest = null;
        return tag;
    }

    /** The session has ended, and every consumer with its channel. */
    void clear() {
        former.clear();
        latest = null;
    }
}
