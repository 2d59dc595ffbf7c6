package dev.shardline.examples.extension;

import dev.shardline.contract.Slots;
import dev.shardline.gateway.app.ShardPlanner;
import dev.shardline.gateway.protocol.Presence;
import dev.shardline.gateway.publish.Router;
import dev.shardline.gateway.reshard.ReshardDecision;
import dev.shardline.gateway.reshard.ReshardPolicy;
import dev.shardline.gateway.shard.PresenceFactory;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Changes four decisions of a gateway without building it anew. The file
 * {@code META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports} of this jar names this class;
 * the gateway evaluates it before its own defaults, which then step back.
 */
@AutoConfiguration
public class ExampleExtension {
    /** A busy guild has slot 31, and so a partition queue, to itself; all others share 0 to 30. */
    @Bean
    Router router(@Value("${example.busy-guild:0}") long busyGuild) {
        Router standard = Router.byGuild();
        return dispatch -> {
            String key = standard.routingKey(dispatch);
            int dot = key.lastIndexOf('.') + 1;
            int last = Slots.COUNT - 1;
            boolean busy = dispatch.routeId() == busyGuild;
            int slot = busy ? last : Integer.parseInt(key.substring(dot)) % last;
            return key.substring(0, dot) + slot;
        };
    }

    /** Every shard says which one it is. */
    @Bean
    PresenceFactory presenceFactory() {
        return shard -> new Presence(
                "online",
                List.of(new Presence.Activity("shard " + shard.id() + " of " + shard.total(), 3, null, null)),
                null,
                false);
    }

    /** Half as many shards again as Discord recommends, so that the bot can grow for long without a new shard count. */
    @Bean
    ShardPlanner shardPlanner() {
        ShardPlanner standard = ShardPlanner.keepingSessions();
        return (fixed, discord, known) ->
                fixed > 0 || !known.isEmpty() ? standard.total(fixed, discord, known) : discord.shards() * 3 / 2;
    }

    /** Doubles as soon as the shards have more guilds than this on average, if the identifies suffice. */
    @Bean
    ReshardPolicy reshardPolicy(@Value("${example.guilds-per-shard:1500}") int most) {
        return facts -> {
            int doubled = facts.shards() * 2;
            if (facts.totalGuilds() <= (long) most * facts.shards()) {
                return ReshardDecision.stay("no more than " + most + " guilds per shard");
            }
            return doubled <= facts.spendable()
                    ? ReshardDecision.reshard(doubled, "more than " + most + " guilds per shard: time to double")
                    : ReshardDecision.wait(doubled + " identifies cannot be spent now");
        };
    }
}
