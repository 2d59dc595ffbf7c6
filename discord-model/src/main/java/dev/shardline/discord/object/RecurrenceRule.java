package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import dev.shardline.discord.Timestamp;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * When a scheduled event recurs.
 *
 * @param start Starting time of the recurrence interval
 * @param end Ending time of the recurrence interval
 * @param frequency How often the event occurs
 * @param interval The spacing between events, defined by frequency
 * @param byWeekday Set of specific days within a week for the event to recur on
 * @param byNWeekday List of specific days within a specific week to recur on
 * @param byMonth Set of specific months to recur on
 * @param byMonthDay Set of specific dates within a month to recur on
 * @param byYearDay Set of days within a year to recur on (1-364)
 * @param count Total number of times the event is allowed to recur
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecurrenceRule(
        @Nullable Timestamp start,
        @Nullable Timestamp end,
        @Nullable RecurrenceFrequency frequency,
        @Nullable Long interval,
        @JsonProperty("by_weekday") @Nullable List<Weekday> byWeekday,
        @JsonProperty("by_n_weekday") @Nullable List<NthWeekday> byNWeekday,
        @JsonProperty("by_month") @Nullable List<Month> byMonth,
        @JsonProperty("by_month_day") @Nullable List<Long> byMonthDay,
        @JsonProperty("by_year_day") @Nullable List<Long> byYearDay,
        @Nullable Long count) {
    public RecurrenceRule {
        byWeekday = Lenient.present(byWeekday);
        byNWeekday = Lenient.present(byNWeekday);
        byMonth = Lenient.present(byMonth);
        byMonthDay = Lenient.present(byMonthDay);
        byYearDay = Lenient.present(byYearDay);
    }
}
