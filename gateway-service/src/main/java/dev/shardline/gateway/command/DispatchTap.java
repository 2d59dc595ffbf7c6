package dev.shardline.gateway.command;

import dev.shardline.gateway.shard.Dispatch;
import dev.shardline.gateway.shard.DispatchSink;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the publisher and shows commands the few dispatches they wait for.
 *
 * <p>Every dispatch goes on first and unchanged. Then its name's length decides for nearly all of them that nobody here
 * wants it; of the rest, only those of a guild that somebody waits for are handed over. No JSON is read on the shard's
 * thread, unless voice is to be remembered.
 */
public final class DispatchTap implements DispatchSink {
    private final DispatchSink next;
    private final VoiceGuilds voice;
    private final AtomicReference<@Nullable Watcher> watcher = new AtomicReference<>();

    /** Before the sink that publishes. */
    public DispatchTap(DispatchSink next) {
        this(next, VoiceGuilds.OFF);
    }

    /** The same, remembering who is in voice where. */
    public DispatchTap(DispatchSink next, VoiceGuilds voice) {
        this.next = next;
        this.voice = voice;
    }

    @Override
    public void accept(Dispatch dispatch) {
        next.accept(dispatch);
        voice.see(dispatch);
        Watcher current = watcher.get();
        if (current == null) {
            return;
        }
        String type = dispatch.type();
        switch (type.length()) {
            case 5 -> {
                if (type.equals("READY")) {
                    current.ready(dispatch);
                }
            }
            case 12, 17, 18, 19 -> {
                String guild = dispatch.guildId();
                if (guild != null && current.awaits(guild) && answers(type)) {
                    current.answer(dispatch);
                }
            }
            default -> {
                // Nothing of another length answers a command.
            }
        }
    }

    /** Whom to show them to; null ends it. */
    void watch(@Nullable Watcher next) {
        watcher.set(next);
    }

    private static boolean answers(String type) {
        return switch (type) {
            case "RATE_LIMITED",
                    "CHANNEL_INFO",
                    "SOUNDBOARD_SOUNDS",
                    "VOICE_STATE_UPDATE",
                    "VOICE_SERVER_UPDATE",
                    "GUILD_MEMBERS_CHUNK" -> true;
            default -> false;
        };
    }

    /** Called on the shard's thread: must only hand over. */
    interface Watcher {
        boolean awaits(String guild);

        void answer(Dispatch dispatch);

        void ready(Dispatch dispatch);
    }
}
