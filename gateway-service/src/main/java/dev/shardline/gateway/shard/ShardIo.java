package dev.shardline.gateway.shard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the effects of {@link ShardMachine} act on. Implemented by {@link Shard}; nothing here blocks. */
interface ShardIo {
    void dial(@Nullable String url, boolean resume);

    void cancelConnection();

    void closeConnection(String reason);

    void releaseConnection();

    void requestPermit();

    void releasePermit();

    void identify();

    void resume(Session session);

    void startHeart(Duration interval);

    void beat();

    void arm(Effect.Deadline deadline);

    void disarm(Effect.Deadline deadline);

    void backOff(Backoff.Kind kind, int failures, Duration atLeast);

    void waitAfterInvalidSession();

    void cancelWait();

    void openOutbox(boolean restorePresence);

    void lose(Session session, String reason);

    void fatal(int code);

    void stopped();

    void tell(Effect.News news);
}
