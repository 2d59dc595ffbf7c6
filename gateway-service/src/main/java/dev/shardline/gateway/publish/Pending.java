package dev.shardline.gateway.publish;

import dev.shardline.gateway.shard.Dispatch;
import org.jspecify.annotations.Nullable;

/** An event on its way to the broker. Mutable fields are guarded by its lane. */
final class Pending {
    /** Not in the spool. */
    static final long NOWHERE = -1;

    final Dispatch dispatch;
    final String key;
    final byte[] body;
    final Stripe stripe;
    /** Whether the gateway answers Discord in the bot's stead. */
    final boolean deferred;
    /** Null when an earlier process accepted it: then it was settled when it became durable. */
    final Settlements.@Nullable Progress progress;

    long position = NOWHERE;
    /** Rank within the lane's memory. */
    long order;

    long sentAt;
    boolean settled;
    /** Confirmed: nothing is left to do. */
    boolean done;
    /** Refused by the broker on the current channel. */
    boolean refused;
    /** Sent before, on a channel that ended or refused it. */
    boolean again;

    Pending(
            Dispatch dispatch,
            String key,
            byte[] body,
            boolean deferred,
            Stripe stripe,
            Settlements.@Nullable Progress progress) {
        this.dispatch = dispatch;
        this.key = key;
        this.body = body;
        this.deferred = deferred;
        this.stripe = stripe;
        this.progress = progress;
        this.settled = progress == null;
    }

    /** What it weighs in memory and on the wire, roughly. */
    int size() {
        return body.length + 256;
    }

    /** Durable or confirmed: the checkpoint may pass it. */
    void settle() {
        if (!settled) {
            settled = true;
            if (progress != null) {
                progress.settle(dispatch.sequence());
            }
        }
    }
}
