package dev.shardline.gateway.identify;

import java.util.function.Consumer;

/** Where the gate learns what Discord grants. Safe for use by many threads. */
public interface StartLimits {
    /**
     * Asks anew, without blocking the caller. One of the two is told, once, on any thread; the problem is a
     * {@link GatewayBotException} when Discord said why.
     */
    void refresh(Consumer<SessionStartLimit> answer, Consumer<Exception> problem);

    /** Asks with {@link GatewayBot#fetch}, on a thread of its own. */
    static StartLimits of(GatewayBot bot) {
        return (answer, problem) -> {
            Thread thread = new Thread(
                    () -> {
                        SessionStartLimit limit;
                        try {
                            limit = bot.fetch().limit();
                        } catch (GatewayBotException | RuntimeException e) {
                            problem.accept(e);
                            return;
                        }
                        answer.accept(limit);
                    },
                    "shardline-start-limit");
            thread.setDaemon(true);
            thread.start();
        };
    }
}
