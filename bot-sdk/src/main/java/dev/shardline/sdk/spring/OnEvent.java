package dev.shardline.sdk.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a bean a handler.
 *
 * <p>Its parameters may be, in any order: {@code EventContext}, {@code byte[]} (the raw payload), {@code JsonNode},
 * {@code ShardInfo}, and one of any other class, to which the payload is bound. It may return nothing, a {@code Verdict},
 * or a {@code CompletionStage}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnEvent {
    /** Discord's event names. May be left out when a parameter is an event record of {@code discord-model}. */
    String[] value() default {};

    /** Every event; then no names are given. */
    boolean any() default false;

    /** The group; {@code shardline.bot.group} when left out. */
    String group() default "";

    /** Older events are not handled, for example {@code 10s}. */
    String maxAge() default "";

    /** The handler's time-out, for example {@code 30s}; {@code shardline.bot.handler-timeout} when left out. */
    String timeout() default "";

    /** How often it is tried; {@code shardline.bot.max-attempts} when left out. */
    int maxAttempts() default 0;
}
