package dev.shardline.sdk.spring;

import com.rabbitmq.client.ConnectionFactory;
import dev.shardline.sdk.EventConsumer;
import dev.shardline.sdk.EventConsumerBuilder;
import dev.shardline.sdk.command.GatewayCommands;
import dev.shardline.sdk.event.Backoff;
import dev.shardline.sdk.event.ConsumerObserver;
import dev.shardline.sdk.event.ErrorHandler;
import dev.shardline.sdk.event.Interceptor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;

/** Builds a consumer for each group that {@code @OnEvent} methods name. */
@AutoConfiguration
@ConditionalOnProperty(name = "shardline.bot.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ShardlineBotProperties.class)
public final class ShardlineBotAutoConfiguration {
    /** For Spring. */
    public ShardlineBotAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EventConsumers eventConsumers(
            ShardlineBotProperties properties,
            Environment environment,
            ListableBeanFactory beans,
            ObjectProvider<ConnectionFactory> connectionFactory,
            ObjectProvider<Interceptor> interceptors,
            ObjectProvider<ErrorHandler> errorHandler,
            ObjectProvider<ConsumerObserver> observers,
            ObjectProvider<EventConsumerCustomizer> customizers) {
        Map<String, List<OnEventMethod>> groups = new LinkedHashMap<>();
        for (OnEventMethod method : methods(beans)) {
            groups.computeIfAbsent(method.group(properties.group()), group -> new ArrayList<>())
                    .add(method);
        }
        Map<String, EventConsumer> consumers = new LinkedHashMap<>();
        groups.forEach((group, methods) -> {
            ConnectionFactory given = connectionFactory.getIfAvailable();
            EventConsumerBuilder builder =
                    given == null ? EventConsumer.builder(uri(properties, environment)) : EventConsumer.builder(given);
            apply(properties, builder.group(group));
            interceptors.orderedStream().forEach(builder::intercept);
            errorHandler.ifAvailable(builder::onError);
            observers.orderedStream().forEach(builder::observe);
            methods.forEach(method -> method.addTo(builder));
            customizers.orderedStream().forEach(customizer -> customizer.customize(group, builder));
            consumers.put(group, builder.build());
        });
        return new EventConsumers(consumers);
    }

    /** Commands to the gateway, over the same broker as the events. Connects when first used. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    GatewayCommands gatewayCommands(
            ShardlineBotProperties properties,
            Environment environment,
            ObjectProvider<ConnectionFactory> connectionFactory) {
        ConnectionFactory given = connectionFactory.getIfAvailable();
        return given == null ? GatewayCommands.connect(uri(properties, environment)) : GatewayCommands.connect(given);
    }

    private static void apply(ShardlineBotProperties properties, EventConsumerBuilder builder) {
        builder.prefetch(properties.prefetch())
                .maxAttempts(properties.maxAttempts())
                .backoff(Backoff.exponential(properties.firstBackoff(), properties.maxBackoff()))
                .handlerTimeout(properties.handlerTimeout())
                .drainTimeout(properties.drainTimeout())
                .partitions(properties.partitions());
        if (properties.instance() != null) {
            builder.instance(properties.instance());
        }
        if (properties.concurrency() != null) {
            builder.concurrency(properties.concurrency());
        }
        if (properties.maxBytes() != null) {
            builder.maxBytes(properties.maxBytes().toBytes());
        }
        if (!properties.ordered()) {
            builder.unordered();
        }
    }

    private static List<OnEventMethod> methods(ListableBeanFactory beans) {
        List<OnEventMethod> methods = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type = beans.getType(name, false);
            if (type == null || type.getName().startsWith("org.springframework.")) {
                continue;
            }
            Map<Method, OnEvent> annotated =
                    MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<@Nullable OnEvent>)
                            method -> AnnotatedElementUtils.findMergedAnnotation(method, OnEvent.class));
            if (annotated.isEmpty()) {
                continue;
            }
            Object bean = beans.getBean(name);
            annotated.forEach((method, annotation) -> methods.add(
                    new OnEventMethod(bean, AopUtils.selectInvocableMethod(method, bean.getClass()), annotation)));
        }
        return methods;
    }

    private static String uri(ShardlineBotProperties properties, Environment environment) {
        if (properties.uri() != null) {
            return properties.uri();
        }
        for (String name : List.of("spring.rabbitmq.addresses", "RABBITMQ_URL")) {
            String value = environment.getProperty(name);
            if (value != null && value.contains("://")) {
                return value.strip();
            }
        }
        String[] addresses =
                environment.getProperty("spring.rabbitmq.addresses", "").split(",", 2);
        String address = addresses[0].strip();
        String others = addresses.length > 1 ? ',' + addresses[1] : "";
        if (address.isEmpty()) {
            address = environment.getProperty("spring.rabbitmq.host", "localhost")
                    + ':'
                    + environment.getProperty("spring.rabbitmq.port", "5672");
        }
        return "amqp://" + encoded(environment.getProperty("spring.rabbitmq.username", "guest")) + ':'
                + encoded(environment.getProperty("spring.rabbitmq.password", "guest")) + '@' + address + '/'
                + encoded(environment.getProperty("spring.rabbitmq.virtual-host", "/")) + others;
    }

    private static String encoded(String part) {
        return java.net.URLEncoder.encode(part, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
