package dev.shardline.gateway.command;

import dev.shardline.gateway.shard.Dispatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Brings what the shards have seen to the command thread. */
final class ShardEvents implements DispatchTap.Watcher {
    /** Reads one value in the middle of READY and leaves the rest. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Logger LOG = LoggerFactory.getLogger(ShardEvents.class);

    private final CommandLoop loop;
    private final Questions questions;
    private final OwnUser self;

    ShardEvents(CommandLoop loop, Questions questions, OwnUser self) {
        this.loop = loop;
        this.questions = questions;
        this.self = self;
    }

    @Override
    public boolean awaits(String guild) {
        return questions.awaits(guild);
    }

    @Override
    public void answer(Dispatch dispatch) {
        loop.execute(() -> questions.onDispatch(dispatch));
    }

    @Override
    public void ready(Dispatch dispatch) {
        loop.execute(() -> {
            learnSelf(dispatch.data());
            questions.onNewSession(dispatch.shard().id());
        });
    }

    private void learnSelf(byte[] ready) {
        try (JsonParser parser = JSON.createParser(ready)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals("user")) {
                    self.learn(JSON.readTree(parser).path("id").asString(""));
                    return;
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            LOG.warn("READY has no readable user; voice answers are matched by session alone", e);
        }
    }
}
