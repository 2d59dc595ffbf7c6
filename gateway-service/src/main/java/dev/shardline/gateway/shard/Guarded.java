package dev.shardline.gateway.shard;

import dev.shardline.gateway.protocol.Opcode;
import dev.shardline.gateway.protocol.Presence;
import java.time.Duration;
import java.util.Optional;

/** Controllers of which each decision has a default to fall back to. */
final class Guarded {
    private Guarded() {}

    static CloseCodePolicy closeCodes(CloseCodePolicy own, ControllerFailures failures) {
        return (shard, code) -> failures.decide(
                CloseCodePolicy.class, () -> own.next(shard, code), () -> CloseCodePolicy.TABLE.next(shard, code));
    }

    static Backoff backoff(Backoff own, ControllerFailures failures) {
        Backoff standard = Backoff.fullJitter();
        return (kind, count, random) -> failures.decide(
                Backoff.class, () -> own.delay(kind, count, random), () -> standard.delay(kind, count, random));
    }

    static PresenceFactory presence(PresenceFactory own, ControllerFailures failures) {
        return shard -> failures.<Optional<Presence>>decide(
                        PresenceFactory.class, () -> Optional.ofNullable(own.presence(shard)), Optional::empty)
                .orElse(null);
    }

    static SessionSource sessions(SessionSource own, SessionSource standard, ControllerFailures failures) {
        return (shard, intents) -> failures.decide(
                SessionSource.class, () -> own.sessionOf(shard, intents), () -> standard.sessionOf(shard, intents));
    }

    static SendBudget.Factory budgets(SendBudget.Factory own, ControllerFailures failures) {
        return interval -> {
            SendBudget standard = SendBudget.discord(interval);
            return new Budget(
                    failures.decide(SendBudget.class, () -> own.create(interval), () -> standard), standard, failures);
        };
    }

    /**
     * Beside every other budget runs Discord's own, so that it knows what was sent already when it has to stand in.
     */
    private static final class Budget implements SendBudget {
        private final SendBudget own;
        private final SendBudget standard;
        private final ControllerFailures failures;

        Budget(SendBudget own, SendBudget standard, ControllerFailures failures) {
            this.own = own;
            this.standard = standard;
            this.failures = failures;
        }

        @Override
        public boolean tryTake(Opcode opcode, long nanos) {
            if (own == standard) {
                return standard.tryTake(opcode, nanos);
            }
            boolean[] stoodIn = new boolean[1];
            boolean taken = failures.decide(SendBudget.class, () -> own.tryTake(opcode, nanos), () -> {
                stoodIn[0] = true;
                return standard.tryTake(opcode, nanos);
            });
            if (taken && !stoodIn[0]) {
                standard.tryTake(opcode, nanos);
            }
            return taken;
        }

        @Override
        public Duration waitFor(Opcode opcode, long nanos) {
            return failures.decide(
                    SendBudget.class, () -> own.waitFor(opcode, nanos), () -> standard.waitFor(opcode, nanos));
        }
    }
}
