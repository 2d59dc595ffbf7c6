package dev.shardline.gateway.api.access;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/**
 * Why a request was not done, as {@code application/problem+json}. See RFC 9457.
 *
 * @param type a URN that programs can tell it by
 * @param title the same for people, in a few words
 * @param status the HTTP status
 * @param detail what was wrong with this request, and what to do about it
 * @param instance the path of the request
 * @param more further members
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @JsonAnyGetter Map<String, Object> more) {
    /** The media type. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Copies the map. */
    public Problem {
        Objects.requireNonNull(detail, "detail");
        more = Map.copyOf(more);
    }

    /** A problem without further members. */
    public static Problem of(String word, HttpStatus status, String detail, String path) {
        return new Problem(
                "urn:shardline:problem:" + word, status.getReasonPhrase(), status.value(), detail, path, Map.of());
    }

    /** The same with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> all = new java.util.HashMap<>(more);
        all.put(name, value);
        return new Problem(type, title, status, detail, instance, all);
    }
}
