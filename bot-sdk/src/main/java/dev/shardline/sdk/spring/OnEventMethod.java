package dev.shardline.sdk.spring;

import dev.shardline.discord.GatewayEvent;
import dev.shardline.discord.event.GatewayEvents;
import dev.shardline.sdk.EventConsumerBuilder;
import dev.shardline.sdk.event.EventContext;
import dev.shardline.sdk.event.HandlerOptions;
import dev.shardline.sdk.event.ShardInfo;
import dev.shardline.sdk.event.ShardlineException;
import dev.shardline.sdk.event.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;

/** One {@code @OnEvent} method: checked when the application starts, called for each event. */
final class OnEventMethod {
    private final Object bean;
    private final Method method;
    private final OnEvent annotation;
    private final List<Function<EventContext, Object>> arguments = new ArrayList<>();
    private final List<String> types;

    OnEventMethod(Object bean, Method method, OnEvent annotation) {
        this.bean = bean;
        this.method = method;
        this.annotation = annotation;
        List<String> fromPayload = new ArrayList<>();
        Class<?> payload = null;
        for (Class<?> parameter : method.getParameterTypes()) {
            if (parameter == EventContext.class) {
                arguments.add(event -> event);
            } else if (parameter == byte[].class) {
                arguments.add(EventContext::raw);
            } else if (parameter == JsonNode.class) {
                arguments.add(EventContext::json);
            } else if (parameter == ShardInfo.class) {
                arguments.add(EventContext::shard);
            } else {
                if (payload != null) {
                    throw wrong("has two payload parameters, " + payload.getSimpleName() + " and "
                            + parameter.getSimpleName() + "; keep one");
                }
                payload = parameter;
                arguments.add(event -> event.as(parameter));
                if (GatewayEvent.class.isAssignableFrom(parameter)) {
                    fromPayload.add(GatewayEvents.nameOf(parameter.asSubclass(GatewayEvent.class)));
                }
            }
        }
        Class<?> result = method.getReturnType();
        if (result != void.class && result != Verdict.class && !CompletionStage.class.isAssignableFrom(result)) {
            throw wrong("returns " + result.getSimpleName() + "; it may return void, Verdict or a CompletionStage");
        }
        types = annotation.value().length > 0 ? List.of(annotation.value()) : fromPayload;
        if (annotation.any() ? !types.isEmpty() : types.isEmpty()) {
            throw wrong(
                    annotation.any()
                            ? "names events and says any = true; choose one"
                            : "names no event: write @OnEvent(\"MESSAGE_CREATE\"), or take a parameter like"
                                    + " MessageCreate");
        }
        if (!method.trySetAccessible()) {
            throw wrong("cannot be called; make it public");
        }
    }

    String group(@Nullable String defaultGroup) {
        if (!annotation.group().isEmpty()) {
            return annotation.group();
        }
        if (defaultGroup == null || defaultGroup.isBlank()) {
            throw wrong("has no group: set shardline.bot.group, or @OnEvent(group = \"...\")");
        }
        return defaultGroup;
    }

    void addTo(EventConsumerBuilder builder) {
        HandlerOptions options = new HandlerOptions(
                duration("maxAge", annotation.maxAge()),
                null,
                duration("timeout", annotation.timeout()),
                annotation.maxAttempts() == 0 ? null : annotation.maxAttempts());
        Class<?> result = method.getReturnType();
        if (annotation.any()) {
            if (result != void.class) {
                throw wrong("handles any event and returns " + result.getSimpleName() + "; it must return void");
            }
            builder.onAny(this::call);
            return;
        }
        for (String type : types) {
            if (result == void.class) {
                builder.on(type, options, this::call);
            } else if (result == Verdict.class) {
                builder.onVerdict(type, options, event -> (Verdict) notNull(call(event)));
            } else {
                builder.onAsync(type, options, event -> (CompletionStage<?>) notNull(call(event)));
            }
        }
    }

    private Object notNull(@Nullable Object result) {
        if (result == null) {
            throw new IllegalStateException(this + " returned null");
        }
        return result;
    }

    private @Nullable Object call(EventContext event) throws Exception {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).apply(event);
        }
        try {
            return method.invoke(bean, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private @Nullable Duration duration(String name, String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(name + " must be a duration like 10s or 500ms, was \"" + text + "\"");
        }
    }

    private ShardlineException wrong(String what) {
        return new ShardlineException(ShardlineException.Kind.CONFIGURATION, "@OnEvent " + this + ' ' + what);
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + '.' + method.getName();
    }
}
