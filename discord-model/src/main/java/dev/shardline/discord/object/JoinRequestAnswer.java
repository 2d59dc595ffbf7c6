package dev.shardline.discord.object;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.shardline.discord.Lenient;
import java.util.List;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a question of the join form; the response is a string, number or boolean by the field's type.
 *
 * @param fieldType Type of form field
 * @param label Label shown above field
 * @param description Optional helper text shown below label
 * @param required Whether applicant must fill in field
 * @param placeholder Placeholder text shown in empty input
 * @param response Applicant's text response
 * @param choices Choices applicant can select from
 * @param values Terms applicant must acknowledge
 */
@Generated("dev.shardline.discord.generator")
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JoinRequestAnswer(
        @JsonProperty("field_type") @Nullable JoinRequestFieldType fieldType,
        @Nullable String label,
        @Nullable String description,
        @Nullable Boolean required,
        @Nullable String placeholder,
        @Nullable Object response,
        @Nullable List<String> choices,
        @Nullable List<String> values,
        @Nullable Object automations) {
    public JoinRequestAnswer {
        choices = Lenient.present(choices);
        values = Lenient.present(values);
    }
}
