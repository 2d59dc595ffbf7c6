package dev.shardline.simulator.gateway;

import java.util.ArrayList;
import java.util.List;

/** The faults that are armed. Reactor's thread only. */
public final class FaultRules {
    /** A fault, how often it still strikes, and with which parameter. */
    private static final class Rule {
        private final Fault fault;
        private final ShardFilter shards;
        private int remaining;
        private final long parameter;

        private Rule(Fault fault, ShardFilter shards, int remaining, long parameter) {
            this.fault = fault;
            this.shards = shards;
            this.remaining = remaining;
            this.parameter = parameter;
        }
    }

    /** What {@link #strike} returns when the fault is not armed. */
    public static final long NONE = Long.MIN_VALUE;

    private final List<Rule> rules = new ArrayList<>();

    /** Arms the fault for that many occasions. */
    public void arm(Fault fault, ShardFilter shards, int times, long parameter) {
        rules.add(new Rule(fault, shards, times, parameter));
    }

    /** Disarms every rule of the fault. */
    public void disarm(Fault fault) {
        rules.removeIf(rule -> rule.fault == fault);
    }

    public void disarmAll() {
        rules.clear();
    }

    boolean none() {
        return rules.isEmpty();
    }

    /** An occasion before the shard is known. Returns the parameter, or {@link #NONE}. */
    public long strike(Fault fault) {
        return strike(fault, -1, -1);
    }

    /** An occasion on that shard. Returns the parameter, or {@link #NONE}. */
    public long strike(Fault fault, int shardId, int shardCount) {
        for (int i = 0; i < rules.size(); i++) {
            Rule rule = rules.get(i);
            if (rule.fault == fault && (shardId < 0 || rule.shards.matches(shardId, shardCount))) {
                if (--rule.remaining <= 0) {
                    rules.remove(i);
                }
                return rule.parameter;
            }
        }
        return NONE;
    }
}
