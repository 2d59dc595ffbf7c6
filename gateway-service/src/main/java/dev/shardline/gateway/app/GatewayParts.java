package dev.shardline.gateway.app;

import dev.shardline.gateway.broker.BrokerConnections;
import dev.shardline.gateway.checkpoint.Checkpoints;
import dev.shardline.gateway.command.CommandAccess;
import dev.shardline.gateway.command.DispatchTap;
import dev.shardline.gateway.command.LogLevels;
import dev.shardline.gateway.command.PresenceMemory;
import dev.shardline.gateway.command.VoiceGuilds;
import dev.shardline.gateway.identify.GatewayBot;
import dev.shardline.gateway.publish.Publishing;
import dev.shardline.gateway.shard.Backoff;
import dev.shardline.gateway.shard.CloseCodePolicy;
import dev.shardline.gateway.shard.Connector;
import dev.shardline.gateway.shard.ControllerFailures;
import dev.shardline.gateway.shard.GatewayUrls;
import dev.shardline.gateway.shard.IdentifyGate;
import dev.shardline.gateway.shard.PresenceFactory;
import dev.shardline.gateway.shard.SendBudget;
import dev.shardline.gateway.shard.SessionSource;
import dev.shardline.gateway.time.Timers;

/** What {@link Gateway} starts and stops, each part as its bean says. */
record GatewayParts(
        BrokerConnections connections,
        Publishing publishing,
        Checkpoints checkpoints,
        Rewinds rewinds,
        GatewayBot bot,
        GatewayUrls urls,
        Connector connector,
        IdentifyGate gate,
        ShardPlanner planner,
        SessionSource sessions,
        CloseCodePolicy closeCodes,
        Backoff backoff,
        SendBudget.Factory budgets,
        PresenceFactory presence,
        PresenceMemory presences,
        DispatchTap tap,
        VoiceGuilds voice,
        CommandAccess access,
        LogLevels levels,
        ControllerFailures failures,
        Timers timers) {}
