package dev.shardline.sdk;

import dev.shardline.sdk.event.ConsumerObserver;
import dev.shardline.sdk.event.Verdict;
import java.time.Duration;
import java.util.List;

/** Tells several observers, in order. */
final class Observers implements ConsumerObserver {
    private final List<ConsumerObserver> all;

    Observers(List<ConsumerObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void attempted(String group, String type, Verdict verdict, Duration handlerTime) {
        for (ConsumerObserver each : all) {
            each.attempted(group, type, verdict, handlerTime);
        }
    }

    @Override
    public void settled(String group, String type, Duration age) {
        for (ConsumerObserver each : all) {
            each.settled(group, type, age);
        }
    }

    @Override
    public void dead(String group, String type, String reason) {
        for (ConsumerObserver each : all) {
            each.dead(group, type, reason);
        }
    }

    @Override
    public void tooLate(String group, String type) {
        for (ConsumerObserver each : all) {
            each.tooLate(group, type);
        }
    }

    @Override
    public void duplicate(String group, String type) {
        for (ConsumerObserver each : all) {
            each.duplicate(group, type);
        }
    }
}
