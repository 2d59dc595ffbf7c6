package dev.shardline.gateway.interaction;

import dev.shardline.gateway.publish.Deferral;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.Dispatch;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Defers interactions while no bot is attached. Discord gives three seconds for the first answer and fifteen minutes for
 * the real one, once it was told that it takes longer: time in which a bot can be started.
 *
 * <p>The event is published at once, whatever becomes of the call: waiting for it would hold up the shard.
 */
public final class InteractionDeferral implements Deferral, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(InteractionDeferral.class);
    private static final String TYPE = "INTERACTION_CREATE";
    private static final int MOST_KINDS = 100;

    private final Attendance attendance;
    private final DeferPolicy policy;
    private final DeferPolicy standard;
    private final InteractionCallbacks callbacks;
    private final ControllerFailures failures;
    private final InstantSource wall;
    private final Map<InteractionCallbacks.Outcome, LongAdder> outcomes =
            new EnumMap<>(InteractionCallbacks.Outcome.class);
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * Ready to use once {@link #start started}.
     *
     * @param attendance owned from here on
     * @param standard decides when the policy fails
     * @param callbacks owned from here on
     * @param wall the time of day, to tell which of the replayed interactions are too old already
     */
    public InteractionDeferral(
            Attendance attendance,
            DeferPolicy policy,
            DeferPolicy standard,
            InteractionCallbacks callbacks,
            ControllerFailures failures,
            InstantSource wall) {
        this.attendance = attendance;
        this.policy = policy;
        this.standard = standard;
        this.callbacks = callbacks;
        this.failures = failures;
        this.wall = wall;
        for (InteractionCallbacks.Outcome outcome : InteractionCallbacks.Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /** Begins to look who is attached; until that is known nothing is deferred. */
    public void start() {
        attendance.start();
    }

    /** How many have ended so. */
    public long count(InteractionCallbacks.Outcome outcome) {
        LongAdder adder = outcomes.get(outcome);
        return adder == null ? 0 : adder.sum();
    }

    @Override
    public @Nullable Runnable of(Dispatch dispatch) {
        if (!dispatch.type().equals(TYPE) || attendance.attended()) {
            return null;
        }
        Interaction interaction = Interaction.read(dispatch.data(), dispatch.guildId());
        if (interaction == null) {
            return null;
        }
        DeferPolicy.Answer answer = failures.decide(
                DeferPolicy.class, () -> policy.answer(interaction), () -> standard.answer(interaction));
        if (answer == DeferPolicy.Answer.NONE || interaction.type() == Interaction.AUTOCOMPLETE) {
            return null;
        }
        if (dispatch.replayed()
                && wall.millis() - interaction.createdMillis() > InteractionCallbacks.WINDOW.toMillis()) {
            // Fetched by a RESUME: the user has been told by Discord that nobody answered.
            count(new InteractionCallbacks.Result(InteractionCallbacks.Outcome.TOO_LATE, "it came too late"));
            return null;
        }
        if (!callbacks.hasRoom()) {
            count(new InteractionCallbacks.Result(
                    InteractionCallbacks.Outcome.FAILED, "more interactions come than Discord takes answers"));
            return null;
        }
        return () -> callbacks.answer(interaction, body(answer), this::count);
    }

    /** Type 5 for buttons too: after their own type 6 an edit of the answer changes the message that they sit on. */
    private static String body(DeferPolicy.Answer answer) {
        return answer == DeferPolicy.Answer.DEFER_EPHEMERAL ? "{\"type\":5,\"data\":{\"flags\":64}}" : "{\"type\":5}";
    }

    private void count(InteractionCallbacks.Result result) {
        LongAdder adder = outcomes.get(result.outcome());
        if (adder != null) {
            adder.increment();
        }
        if (result.outcome() == InteractionCallbacks.Outcome.FAILED
                && told.size() < MOST_KINDS
                && told.add(result.detail())) {
            log.warn(
                    "An interaction could not be deferred: {}. Told once for each cause, counted always"
                            + " (shardline.interactions.deferred)",
                    result.detail());
        }
    }

    @Override
    public void close() {
        attendance.close();
        callbacks.close();
    }
}
