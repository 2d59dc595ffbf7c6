package dev.shardline.gateway.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.ShardId;
import dev.shardline.gateway.spool.FileSpool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is spooled is published as it would have been without the spool. */
class EventRecordTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"false,false,", "true,false,1", "false,true,", "true,true,18446744073709551615"})
    void aRecordKeepsWhatTheMessageSays(boolean replayed, boolean deferred, String guild) throws Exception {
        try (FileSpool spool = new FileSpool(directory, 1 << 20, 0)) {
            Stripe stripe = new Stripe(0, spool.open(0));
            byte[] body = "{\"content\":\"\u00e4\"}".getBytes(StandardCharsets.UTF_8);
            Dispatch dispatch = new Dispatch(
                    new ShardId(3, 16),
                    "session",
                    42,
                    "INTERACTION_CREATE",
                    body,
                    guild,
                    -1,
                    1_700_000_000_000_001L,
                    replayed);
            Pending read = EventRecord.decode(
                    EventRecord.encode(new Pending(dispatch, "INTERACTION_CREATE.5", body, deferred, stripe, null)),
                    stripe);
            assertThat(read.dispatch).usingRecursiveComparison().isEqualTo(dispatch);
            assertThat(read.key).isEqualTo("INTERACTION_CREATE.5");
            assertThat(read.body).isEqualTo(body);
            assertThat(read.deferred).isEqualTo(deferred);
        }
    }
}
