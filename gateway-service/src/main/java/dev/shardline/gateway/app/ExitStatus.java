package dev.shardline.gateway.app;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How this process will end. The first failure decides; without one it is 0. Safe for use by many threads.
 *
 * <p>The codes are part of the product's interface: scripts and orchestrators tell by them whether a restart can help.
 */
public final class ExitStatus {
    /** A value in the configuration is wrong; a restart does not help. */
    public static final int CONFIGURATION = 2;
    /** Discord refused for good: token, intents or sharding; a restart does not help. */
    public static final int REFUSED_BY_DISCORD = 3;
    /** Anything else; a restart may help. */
    public static final int OTHER = 4;

    private final AtomicReference<@Nullable Integer> code = new AtomicReference<>();
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();

    /** The exit code as of now. */
    public int code() {
        Integer failed = code.get();
        return failed == null ? 0 : failed;
    }

    /** Ends the process with this code, in order: the context closes first. Only the first call has an effect. */
    public void fail(int exitCode) {
        if (code.compareAndSet(null, exitCode)) {
            Runnable stopping = stop.get();
            if (stopping != null) {
                inBackground(stopping);
            }
        }
    }

    /** What ends the process; called at once when it has failed already. */
    void whenFailed(Runnable stopping) {
        stop.set(stopping);
        if (code.get() != null) {
            inBackground(stopping);
        }
    }

    private void inBackground(Runnable stopping) {
        // The caller may be a thread that the stop waits for.
        Thread thread = new Thread(
                () -> {
                    stopping.run();
                    System.exit(code());
                },
                "shardline-exit");
        thread.start();
    }
}
