package dev.shardline.sdk;

import dev.shardline.sdk.event.ConsumerObserver;
import dev.shardline.sdk.event.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several observers, in order. One that fails keeps neither the others nor the event from going on. */
final class Observers implements ConsumerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<ConsumerObserver> all;
    /** Told to the log already: an observer that fails does so for each event. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Observers(List<ConsumerObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void attempted(String group, String type, Verdict verdict, Duration handlerTime) {
        tell(each -> each.attempted(group, type, verdict, handlerTime));
    }

    @Override
    public void settled(String group, String type, Duration age) {
        tell(each -> each.settled(group, type, age));
    }

    @Override
    public void dead(String group, String type, String reason) {
        tell(each -> each.dead(group, type, reason));
    }

    @Override
    public void tooLate(String group, String type) {
        tell(each -> each.tooLate(group, type));
    }

    @Override
    public void duplicate(String group, String type) {
        tell(each -> each.duplicate(group, type));
    }

    @SuppressWarnings("CatchThrowable") // somebody else's code, which only looks on
    private void tell(Consumer<ConsumerObserver> what) {
        for (ConsumerObserver each : all) {
            try {
                what.accept(each);
            } catch (Throwable e) {
                if (told.add(each.getClass().getName() + ' ' + e.getClass().getName())) {
                    LOG.error(
                            "observer {} fails; told once for each kind of failure",
                            each.getClass().getName(),
                            e);
                }
            }
        }
    }
}
