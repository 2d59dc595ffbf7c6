package dev.shardline.sdk.spring;

import dev.shardline.sdk.EventConsumerBuilder;

/** Changes a group's consumer before it is built, after properties and {@code @OnEvent} methods. Declare it as a bean. */
@FunctionalInterface
public interface EventConsumerCustomizer {
    /** Called once for each group. */
    void customize(String group, EventConsumerBuilder builder);
}
