package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shardline.gateway.shard.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RefusalsTest {
    private static final int SHARDS = 10;

    private final PublishCounters counters = new PublishCounters();
    private final List<ShardId> asked = new ArrayList<>();
    private final Refusals refusals = new Refusals(counters, (shard, session) -> asked.add(shard));
    private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private long now;

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private void refuse(int shard, int events) {
        for (int i = 0; i < events; i++) {
            counters.refused.increment();
            refusals.refused(new ShardId(shard, SHARDS), "session-" + shard);
        }
    }

    private void after(Duration time) {
        now += time.toNanos();
        refusals.round(now, shard -> true);
    }

    @Test
    void anEpisodeHasOneLineAtItsStartAndOneAtItsEnd() {
        refuse(1, 1_000);
        refuse(2, 500);
        after(Duration.ofMillis(50));
        refuse(1, 7);
        after(Duration.ofSeconds(1));
        after(Duration.ofSeconds(4));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
        after(Duration.ofSeconds(1));
        after(Duration.ofSeconds(10));
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.INFO);
        assertThat(lines.list.get(1).getFormattedMessage())
                .contains("1507 event(s)")
                .contains("3 RESUME(s)");
    }

    @Test
    void theNextEpisodeCountsFromItsOwnStart() {
        refuse(1, 3);
        after(Duration.ofMillis(50));
        after(Duration.ofSeconds(6));
        refuse(2, 4);
        after(Duration.ofMillis(50));
        after(Duration.ofSeconds(6));
        assertThat(lines.list).hasSize(4);
        assertThat(lines.list.get(3).getFormattedMessage())
                .contains("4 event(s)")
                .contains("1 RESUME(s)");
    }

    @Test
    void sessionsComeBackAFewAtATime() {
        for (int shard = 0; shard < SHARDS; shard++) {
            refuse(shard, 1);
        }
        after(Duration.ZERO);
        after(Duration.ofMillis(1));
        assertThat(asked).hasSize(4);
        after(Duration.ofMillis(100));
        assertThat(asked).hasSize(8);
        after(Duration.ofMillis(100));
        assertThat(asked).hasSize(SHARDS).doesNotHaveDuplicates();
        assertThat(refusals.size()).isZero();
    }

    @Test
    void whoseShardHasNoRoomWaits() {
        refuse(1, 1);
        refuse(2, 1);
        refusals.round(now, shard -> shard.id() == 2);
        assertThat(asked).containsExactly(new ShardId(2, SHARDS));
        assertThat(refusals.size()).isEqualTo(1);
    }

    @Test
    void whoWaitsLongestComesFirstAndNobodyWithoutAPause() {
        for (int shard = 0; shard < SHARDS; shard++) {
            refuse(shard, 1);
        }
        for (int round = 0; round < 3; round++) {
            after(Duration.ofMillis(100));
            refuse(0, 1);
        }
        assertThat(asked.stream().map(ShardId::id)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0);
        after(Duration.ofMillis(50));
        assertThat(asked).hasSize(SHARDS + 1);
        after(Duration.ofMillis(50));
        assertThat(asked).hasSize(SHARDS + 2);
    }
}
