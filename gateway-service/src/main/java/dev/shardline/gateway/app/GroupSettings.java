package dev.shardline.gateway.app;

import dev.shardline.contract.GroupSpec;
import dev.shardline.contract.QueueLimits;
import java.util.List;
import java.util.Map;

/** The groups that are declared before their bots have ever started, with the limits of their queues. */
final class GroupSettings {
    private GroupSettings() {}

    static List<GroupSpec> of(ShardlineProperties properties) {
        List<GroupSpec> groups;
        try {
            groups = GroupSpec.parse(String.join(",", properties.groups()));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    "shardline.groups",
                    String.valueOf(e.getMessage()),
                    "Write name, or name:EVENT+EVENT, comma separated, for example"
                            + " SHARDLINE_GROUPS=moderation:MESSAGE_CREATE+GUILD_MEMBER_ADD,logs.",
                    e);
        }
        return groups.stream()
                .map(group -> group.withLimits(limits(group.name(), properties.queues())))
                .map(group -> group.withPartitions(partitions(group, properties.queues())))
                .toList();
    }

    private static int partitions(GroupSpec group, Map<String, ShardlineProperties.Queues> queues) {
        ShardlineProperties.Queues own = queues.getOrDefault(group.name(), queues.get("default"));
        return own == null || own.partitions() == null ? group.partitions() : own.partitions();
    }

    private static QueueLimits limits(String group, Map<String, ShardlineProperties.Queues> queues) {
        ShardlineProperties.Queues own = queues.getOrDefault(group, queues.get("default"));
        if (own == null) {
            return QueueLimits.DEFAULT;
        }
        String property = "shardline.queues." + (queues.containsKey(group) ? group : "default");
        QueueLimits.Overflow overflow = switch (own.overflow()) {
            case "drop-oldest" -> QueueLimits.Overflow.DROP_OLDEST;
            case "reject" -> QueueLimits.Overflow.REJECT;
            default ->
                throw new ConfigurationProblem(
                        property + ".overflow",
                        "\"" + own.overflow() + "\" is not known",
                        "Use drop-oldest or reject.");
        };
        try {
            boolean unbounded = own.maxLength() == null && own.maxSize() == null && own.ttl() == null;
            Long maxBytes = own.maxSize() != null
                    ? Long.valueOf(own.maxSize().toBytes())
                    : unbounded ? QueueLimits.DEFAULT.maxBytes() : null;
            return new QueueLimits(own.maxLength(), maxBytes, own.ttl(), overflow);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationProblem(
                    property, String.valueOf(e.getMessage()), "Use a positive value, or unset it for no limit.", e);
        }
    }
}
