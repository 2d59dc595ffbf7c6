package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * A weekday of the n-th week of a month.
 *
 * @param n The week to reoccur on (1-5, where 5 represents the last week)
 * @param day The day within the week to reoccur on
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NthWeekday(@Nullable Long n, @Nullable Weekday day) {}
